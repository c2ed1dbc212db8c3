/** A time during which nobody gets through. It ends by itself, or earlier when it is ended. */
export class Cut {
  #until = 0 // on performance.now()'s clock
  #end: (() => void) | undefined

  /** how long it still lasts, ms; 0 or less when there is none */
  get leftMs(): number {
    return this.#until - performance.now()
  }

  /**
   * Begins a cut, and ends the one before.
   *
   * @returns when it is over
   */
  begin(ms: number): Promise<void> {
    this.end()
    this.#until = performance.now() + ms
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(), ms)
      this.#end = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  end() {
    this.#until = 0
    this.#end?.()
    this.#end = undefined
  }
}
