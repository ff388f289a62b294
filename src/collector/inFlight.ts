import type { TraceId } from '../core/model/ids';
import type { Location } from './journal/location';

/** Requests whose spans are in the store and whose bytes are on their way to the journal. */
export class InFlight {
  private readonly requests = new Map<Location, readonly TraceId[]>();

  /** Answers `written`, and notes the request until that settles. */
  async add(request: Location, traces: readonly TraceId[], written: Promise<void>): Promise<void> {
    this.requests.set(request, traces);
    try {
      await written;
    } finally {
      this.requests.delete(request);
    }
  }

  /** The traces of requests that were to come at or behind `from`. */
  tracesFrom(from: { segment: number; offset: number }): Set<TraceId> {
    const traces = new Set<TraceId>();
    for (const [{ segment, offset }, traceIds] of this.requests) {
      const isBehind = segment > from.segment || (segment === from.segment && offset >= from.offset);
      if (isBehind) for (const traceId of traceIds) traces.add(traceId);
    }
    return traces;
  }

  /** The store was cleared. */
  forget(): void {
    this.requests.clear();
  }
}
