import type { SpanId, TraceId } from '../../core/model/ids';
import { decodeSpan } from '../../otlp/decodeSpan';
import { MalformedProtobufError } from '../../otlp/malformedProtobufError';
import { createSpanBatch, shallowDecode } from '../../otlp/shallowDecode';
import type { Journal } from '../journal/journal';
import { slices } from '../slices';
import type { Store } from '../store/store';
import { framesWithHits } from './frameHits';
import { frameGroups } from './frameGroups';
import { Needle } from './needle';
import { rowAt } from './rowAt';
import { storedSpanId, traceIdOf } from './storedSpan';

/** A span of another trace with a link to a span of the trace that was asked about. */
export interface LinkingSpan {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly toSpanId: string;
}

export interface LinkingOptions {
  /** Stops at this many. */
  readonly limit: number;
  /** performance.now() at which it ends with what it has. */
  readonly end: number;
  readonly signal: AbortSignal;
}

/** Rows looked at between two looks at the clock. */
const rowsPerStep = 64;

/**
 * Stored spans of other traces whose links name `traceId`, those that arrived last first: the bytes of the journal are
 * searched for the trace's id, and only spans around a hit are decoded. Rejects with the reason of `signal`.
 */
export async function linkingSpans(
  { store, journal }: { readonly store: Store; readonly journal: Journal },
  traceId: TraceId,
  { limit, end, signal }: LinkingOptions,
): Promise<{ spans: LinkingSpan[]; complete: boolean }> {
  // Field 1 of Link (trace.proto), as of Span: those of the trace itself are hits too, and are left out by their rows.
  const needles = [new Needle(Buffer.concat([Buffer.from([0x0a, 16]), Buffer.from(traceId, 'hex')]))];
  const pause = slices();
  const batch = createSpanBatch(1024);
  const spans: LinkingSpan[] = [];
  let steps = 0;
  for await (const group of frameGroups(journal, pause)) {
    for (const { frame, hits } of framesWithHits(group, needles)) {
      const start = frame.offset - group.offset;
      if (!tryDecode(() => shallowDecode(group.bytes.subarray(start, start + frame.length), batch))) continue;
      const rows = new Set(hits.flatMap(hit => rowAt(batch, hit) ?? []));
      for (const row of [...rows].reverse()) {
        if (++steps % rowsPerStep === 0) await pause();
        signal.throwIfAborted();
        const other = traceIdOf(batch, row);
        if (other === traceId) continue;
        const from = batch.offset[row] ?? 0;
        const { links } = decodeSpan(batch.bytes.subarray(from, from + (batch.length[row] ?? 0)));
        const link = links.find(each => each.traceId === traceId);
        const spanId = link && storedSpanId(store, other, frame, batch, row);
        if (link && spanId !== undefined) spans.push({ traceId: other, spanId, toSpanId: link.spanId });
        if (spans.length >= limit) return { spans, complete: false };
      }
    }
    signal.throwIfAborted();
    if (performance.now() > end) return { spans, complete: false };
  }
  return { spans, complete: true };
}

/** False for damage that was stepped over when the journal was opened. */
function tryDecode(decode: () => void): boolean {
  try {
    decode();
    return true;
  } catch (error) {
    if (error instanceof MalformedProtobufError) return false;
    throw error;
  }
}
