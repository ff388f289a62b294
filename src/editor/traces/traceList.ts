import type { CollectorEvent, TraceSummary } from '../../protocol/collectorProtocol';

/** What a change of the list means for whoever shows it. */
export type ListChange = { kind: 'all' } | { kind: 'traces'; ids: readonly string[] };

/**
 * The newest traces, kept up to date from collector events. Holds at most `limit` summaries, which grows when the user
 * asks for more: a million stored spans cost this list nothing.
 */
export class TraceList {
  private readonly summaries = new Map<string, TraceSummary>();
  private sorted: readonly TraceSummary[] | undefined;
  private readonly pageSize: number;
  limit: number;
  total = 0;

  constructor(pageSize = 200) {
    this.pageSize = pageSize;
    this.limit = pageSize;
  }

  /** Newest first. */
  get traces(): readonly TraceSummary[] {
    this.sorted ??= [...this.summaries.values()].sort(newestFirst);
    return this.sorted;
  }

  get hasMore(): boolean {
    return this.total > this.summaries.size;
  }

  get(traceId: string): TraceSummary | undefined {
    return this.summaries.get(traceId);
  }

  grow(): void {
    this.limit += this.pageSize;
  }

  /** Replaces everything with what the collector answered. */
  replace(traces: readonly TraceSummary[], total: number): void {
    this.summaries.clear();
    for (const summary of traces) this.summaries.set(summary.traceId, summary);
    this.sorted = undefined;
    this.total = total;
  }

  /** The change that an event makes, or undefined where it makes none. */
  apply(event: CollectorEvent): ListChange | undefined {
    switch (event.event) {
      case 'changed':
        return this.applyChanged(event);
      case 'cleared':
        this.replace([], 0);
        return { kind: 'all' };
      case 'status':
      case 'leaving':
        return undefined;
    }
  }

  private applyChanged(event: Extract<CollectorEvent, { event: 'changed' }>): ListChange {
    const grown = event.traces.filter(summary => {
      const known = this.summaries.get(summary.traceId);
      return known !== undefined && known.startTimeUnixNano === summary.startTimeUnixNano;
    });
    const sameRows = grown.length === event.traces.length && event.removed.length === 0 && !event.more;
    for (const id of event.removed) this.summaries.delete(id);
    for (const summary of event.traces) this.summaries.set(summary.traceId, summary);
    this.total = event.traceCount;
    this.sorted = undefined;
    if (sameRows) return { kind: 'traces', ids: grown.map(summary => summary.traceId) };
    for (const summary of this.traces.slice(this.limit)) this.summaries.delete(summary.traceId);
    this.sorted = this.traces.slice(0, this.limit);
    return { kind: 'all' };
  }
}

function newestFirst(a: TraceSummary, b: TraceSummary): number {
  const left = BigInt(a.startTimeUnixNano);
  const right = BigInt(b.startTimeUnixNano);
  if (left !== right) return left > right ? -1 : 1;
  return a.traceId < b.traceId ? -1 : 1;
}
