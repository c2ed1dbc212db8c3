/** What a check wanted of the learner's program, in words. */
export interface Finding {
  /** the sentence after "Expected:", without its full stop: `ben hears "hello"` */
  expected: string
  /** the sentence after "Saw:", without its full stop: `only ann did` */
  saw: string
  /** the file and the question that leads on: `server.ts — whom does socket.emit() talk to?` */
  look: string
}

/** A wrong answer: the program runs, and does not yet do what the task asks for. */
export class NotYet extends Error {
  override name = 'NotYet'
  readonly finding: Finding

  constructor(finding: Finding) {
    super(`Expected: ${finding.expected}.  Saw: ${finding.saw}.\nLook at: ${finding.look}`)
    this.finding = finding
  }
}

/**
 * Goes on when `fact` is true.
 *
 * @throws NotYet with the finding when it is not
 */
export function need(fact: boolean, finding: Finding): asserts fact {
  if (!fact) throw new NotYet(finding)
}
