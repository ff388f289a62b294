/**
 * Runs one task at a time. Of the calls made meanwhile only the newest is kept, and it runs when the running one has
 * ended: holding an arrow key down asks for two spans, not for two hundred.
 */
export class LatestWins {
  private running = false;
  private next: (() => Promise<void>) | undefined;

  run(task: () => Promise<void>): void {
    if (this.running) this.next = task;
    else void this.start(task);
  }

  private async start(task: () => Promise<void>): Promise<void> {
    this.running = true;
    try {
      await task();
    } finally {
      this.running = false;
      const next = this.next;
      this.next = undefined;
      if (next) this.run(next);
    }
  }
}
