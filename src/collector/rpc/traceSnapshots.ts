import { buildTraceColumns } from '../../core/columns/buildTraceColumns';
import { decodeTraceColumns } from '../../core/columns/decodeTraceColumns';
import { encodeTraceColumns } from '../../core/columns/encodeTraceColumns';
import type { TraceColumns } from '../../core/columns/traceColumns';
import type { SpanTable } from '../../core/tree/spanTable';

/** A trace as it was at one moment, in the form that clients get it. */
export interface TraceSnapshot {
  readonly columns: TraceColumns;
  readonly encoded: Uint8Array;
}

/** Traces that are looked at are asked for again and again: once for the columns, once a page of spans. */
const maxTraces = 8;
/** Of all kept snapshots together. */
const maxBytes = 64 * 1024 * 1024;

interface Kept {
  readonly snapshot: TraceSnapshot;
  readonly spans: number;
}

/** What the snapshots are made from. */
export interface SnapshotSource {
  /** Undefined where there is no such trace. */
  traceSummary(traceId: string): { readonly spanCount: number } | undefined;
  spanTable(traceId: string): SpanTable | undefined;
}

/** The snapshots of the traces looked at last, built when they are asked for; one that has grown is built anew. */
export class TraceSnapshots {
  /** By keyOf(), oldest use first. */
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly source: SnapshotSource) {}

  /** `correctSkew`: see TreeOptions. */
  get(traceId: string, correctSkew = true): TraceSnapshot | undefined {
    const key = keyOf(traceId, correctSkew);
    const spans = this.source.traceSummary(traceId)?.spanCount;
    const before = this.kept.get(key);
    this.kept.delete(key);
    if (spans === undefined) return undefined;
    // Spans are only ever added: a trace with as many as before is the same.
    const snapshot = before?.spans === spans ? before.snapshot : this.build(traceId, correctSkew);
    if (!snapshot) return undefined;
    this.kept.set(key, { snapshot, spans });
    this.trim();
    return snapshot;
  }

  /** These traces have changed, or are gone. */
  forget(traceIds: Iterable<string>): void {
    for (const traceId of traceIds)
      for (const correctSkew of [true, false]) this.kept.delete(keyOf(traceId, correctSkew));
  }

  forgetAll(): void {
    this.kept.clear();
  }

  private build(traceId: string, correctSkew: boolean): TraceSnapshot | undefined {
    const table = this.source.spanTable(traceId);
    if (!table) return undefined;
    const encoded = encodeTraceColumns(buildTraceColumns(traceId, table, { correctSkew }));
    // Views on the encoded columns: kept twice, a million spans would leave senders no memory.
    return { columns: decodeTraceColumns(encoded), encoded: new Uint8Array(encoded) };
  }

  private trim(): void {
    let bytes = 0;
    let traces = 0;
    for (const [key, { snapshot }] of [...this.kept].reverse()) {
      bytes += snapshot.encoded.length;
      traces++;
      if (traces > 1 && (traces > maxTraces || bytes > maxBytes)) this.kept.delete(key);
    }
  }
}

/** A trace is kept with corrected clocks and as recorded, each on its own. */
function keyOf(traceId: string, correctSkew: boolean): string {
  return correctSkew ? traceId : `${traceId} as recorded`;
}
