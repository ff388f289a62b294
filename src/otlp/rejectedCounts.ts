/** Counts the items of a request that are left out, by reason. */
export class RejectedCounts<Reason extends string> {
  private readonly counts = new Map<Reason, number>();

  add(reason: Reason): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + 1);
  }

  list(): { reason: Reason; count: number }[] {
    return Array.from(this.counts, ([reason, count]) => ({ reason, count }));
  }
}
