import type { Location } from '../journal/location';
import type { Fragment } from './fragmentTable';
import type { Tables } from './tables';

/** Where all of a span is. */
export interface SpanPlace extends Location {
  readonly spanHigh: number;
  readonly spanLow: number;
  /** Number of the fragment that has it. */
  readonly fragment: number;
  readonly resource: number;
  readonly scope: number;
  readonly service: number;
  readonly status: number;
}

/** Reads that answer single spans. Halves of ids are unsigned. */
export class SpanReader {
  constructor(private readonly tables: Tables) {}

  find(trace: number, high: number, low: number): SpanPlace | undefined {
    const number = this.tables.knownSpans.of(trace).ids.get(high, low);
    const fragment = number === undefined ? undefined : this.tables.fragments.seek(trace, number, high, low);
    return fragment && placeIn(fragment);
  }

  /**
   * Up to `limit` spans of a trace that lie in `segment` or an older one, in order of arrival behind `after`: those
   * before it may have been taken out, it may have been itself.
   */
  upToSegment(trace: number, segment: number, after: SpanPlace | undefined, limit: number): SpanPlace[] {
    const places: SpanPlace[] = [];
    this.tables.fragments.each(trace, after?.fragment ?? 0, segment, fragment => {
      while (fragment.spans.next()) {
        const place = placeIn(fragment);
        if (after?.fragment === place.fragment && place.offset <= after.offset) continue;
        places.push(place);
        if (places.length === limit) return false;
      }
      return true;
    });
    return places;
  }

  /** The traces with ids in (after, upTo] that have a span of this id. Reads the ids of all spans between. */
  tracesWithSpan(high: number, low: number, after: number, upTo: number, limit: number): number[] {
    const id = Buffer.alloc(8);
    id.writeUInt32BE(high);
    id.writeUInt32BE(low, 4);
    return this.tables.fragments.tracesWith(id, after, upTo, limit);
  }
}

function placeIn({ number, segment, offset, spans }: Fragment): SpanPlace {
  return {
    segment,
    offset: offset + spans.offset,
    length: spans.length,
    spanHigh: spans.spanHigh,
    spanLow: spans.spanLow,
    fragment: number,
    resource: spans.resource,
    scope: spans.scope,
    service: spans.service,
    status: spans.status,
  };
}
