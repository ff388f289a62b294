import type { MemoryGuard } from './memoryGuard';

/** What one request holds of a guard's memory. */
export class Lease {
  private held = 0;

  constructor(private readonly guard: MemoryGuard) {}

  /** False, and nothing taken, where there is no room now. */
  take(bytes: number): boolean {
    if (!this.guard.take(bytes)) return false;
    this.held += bytes;
    return true;
  }

  give(bytes: number): void {
    this.held -= bytes;
    this.guard.give(bytes);
  }

  /** Gives back everything. */
  release(): void {
    this.give(this.held);
  }
}
