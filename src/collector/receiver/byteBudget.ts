/** Bytes that all requests together may hold in memory. */
export class ByteBudget {
  private used = 0;

  constructor(private readonly limit: number) {}

  /** False, and nothing taken, where it is more than is left. */
  take(bytes: number): boolean {
    if (this.used + bytes > this.limit) return false;
    this.used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.used -= bytes;
  }
}
