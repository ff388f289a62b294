import { once } from 'node:events';

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
    if (this.closed) throw new PipeClosed();
    if (!this.stream.write(text))
      await Promise.race([once(this.stream, 'drain'), once(this.stream, 'close')]).catch(() => undefined);
    if (this.closed) throw new PipeClosed();
  }
}
