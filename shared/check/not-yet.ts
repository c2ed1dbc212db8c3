/** What a check wanted of the learner's program, in words. */
export interface Finding {
  /** the sentence after "Expected:", a full stop is put behind it: `ben hears "hello"` */
  expected: string
  /** the sentence after "Saw:", likewise: `only ann did`; empty for nothing at all */
  saw: string
  /** the file and the question that leads on: `server.ts — whom does socket.emit() talk to?` */
  look: string
}

/** A wrong answer: the program runs, and does not yet do what the task asks for. */
export class NotYet extends Error {
  override name = 'NotYet'
  readonly finding: Finding

  constructor(finding: Finding) {
    super(`${expectedAndSaw(finding)}\nLook at: ${finding.look}`)
    this.finding = finding
  }
}

/** `Expected: ben hears "hello".  Saw: only ann did.` */
export function expectedAndSaw({ expected, saw }: Pick<Finding, 'expected' | 'saw'>): string {
  return `Expected: ${stopped(expected)}  Saw: ${stopped(saw.trim() || 'nothing')}`
}

/** With a full stop at its end; what is quoted there may bring one along. */
function stopped(sentence: string): string {
  return /\.["”]?$/.test(sentence) ? sentence : `${sentence}.`
}

/**
 * Goes on when `fact` is true.
 *
 * @throws NotYet with the finding when it is not
 */
export function need(fact: boolean, finding: Finding): asserts fact {
  if (!fact) throw new NotYet(finding)
}
