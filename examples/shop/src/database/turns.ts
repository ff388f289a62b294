/** Gives whoever asks its turn in the order of asking. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Waits for the turn; the function it answers ends it. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let end: () => void = () => undefined;
    this.#last = new Promise(resolve => {
      end = resolve;
    });
    await before;
    return end;
  }
}
