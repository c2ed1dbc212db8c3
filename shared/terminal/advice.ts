/**
 * An error that is meant for the person at the keyboard: a command prints it without a stack trace and ends with
 * exit code 1.
 *
 * @param whatHappened what happened and the likely cause, a sentence or two
 * @param next what to do about it, ending in the line to type
 */
export class Advice extends Error {
  override name = 'Advice'
  readonly next: string

  constructor(whatHappened: string, next: string) {
    super(whatHappened)
    this.next = next
  }
}
