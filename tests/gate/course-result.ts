/** One thing that the gate looked at: a promise of the course, kept or broken. */
export interface CourseResult {
  /** the number of the promise, 1 to 7, or 10 */
  promise: number
  /** the folder's name of the step, `04-broadcast-vs-self`, or a file's name */
  where: string
  /** what was looked at, in words */
  what: string
  /** undefined when the promise is kept; else what broke it, with the words to start looking from */
  broken?: string
}
