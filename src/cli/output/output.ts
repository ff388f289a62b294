/** The reader of our output has gone (`causeway traces | head`): nothing is wrong, there is just nobody to print for. */
export class PipeClosed extends Error {
  override readonly name = 'PipeClosed';
}

/** Standard output of a command: waits for slow readers, so that a trace of any size takes little memory. */
export class Output {
  private closed = false;

  constructor(
    private readonly stream: NodeJS.WriteStream,
    /** Colours are wanted: a terminal, and no NO_COLOR (https://no-color.org). */
    readonly colour: boolean,
  ) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      this.closed = true;
    });
  }

  /** @throws PipeClosed */
  async write(text: string): Promise<void> {
    this.check();
    const flowing = this.stream.write(text);
    if (!flowing) await this.untilDrained();
    this.check();
  }

  private check(): void {
    if (this.closed) throw new PipeClosed();
  }

  private untilDrained(): Promise<void> {
    return new Promise(resolve => {
      const done = (): void => {
        for (const event of ['drain', 'error', 'close'] as const) this.stream.off(event, done);
        resolve();
      };
      for (const event of ['drain', 'error', 'close'] as const) this.stream.once(event, done);
    });
  }
}
