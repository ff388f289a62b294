/** No more than two snapshots a second, and at least as long a pause as the last one took, so that a large trace that grows leaves time for all else. */
const shortestPauseMs = 500;

/** Runs one task again and again on request: one at a time, throttled, and once more after the last request. */
export class RefreshQueue {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private pauseMs = 0;
  private endedAt = 0;

  constructor(
    private readonly task: () => Promise<void>,
    private readonly clock: () => number = Date.now,
  ) {}

  /** Soon. */
  request(): void {
    if (this.running) this.again = true;
    else
      this.timer ??= setTimeout(
        () => void this.now(),
        Math.max(0, this.endedAt + this.pauseMs - this.clock()),
      );
  }

  /** At once, or right after the run that is under way. */
  async now(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.running) await this.running;
    this.running = this.run();
    await this.running;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.again = false;
  }

  private async run(): Promise<void> {
    const start = this.clock();
    try {
      await this.task();
    } finally {
      this.endedAt = this.clock();
      this.pauseMs = Math.max(shortestPauseMs, this.endedAt - start);
      this.running = undefined;
      const again = this.again;
      this.again = false;
      if (again) this.request();
    }
  }
}
