/** Counts the items of a request that are left out, by reason. */
export class RejectedCounts<Reason extends string> {
  private readonly counts = new Map<Reason, number>();

  add(reason: Reason, count = 1): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + count);
  }

  list(): { reason: Reason; count: number }[] {
    return Array.from(this.counts, ([reason, count]) => ({ reason, count }));
  }
}
