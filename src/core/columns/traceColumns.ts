import type { TraceWarning } from '../tree/traceTree';

/**
 * The snapshot of one trace that crosses processes: columns in tree order (see TraceTree) plus one string table. It is
 * what the collector answers, the sidebar walks, and the waterfall draws; encodeTraceColumns and decodeTraceColumns
 * turn it into one ArrayBuffer and back without copying.
 */
export interface TraceColumns {
  readonly traceId: string;
  /** Earliest start, nanoseconds since the epoch; every `start` counts from here. */
  readonly base: bigint;
  /** Latest end minus base, ns. */
  readonly duration: number;
  readonly count: number;
  readonly warnings: readonly TraceWarning[];
  readonly spanIdHigh: Uint32Array;
  readonly spanIdLow: Uint32Array;
  readonly parentIdHigh: Uint32Array;
  readonly parentIdLow: Uint32Array;
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  readonly descendants: Uint32Array;
  readonly start: Float64Array;
  /** As TraceTree.duration. */
  readonly spanDuration: Float64Array;
  readonly selfTime: Float64Array;
  readonly skew: Float64Array;
  readonly name: Uint32Array;
  readonly service: Uint32Array;
  readonly kind: Uint8Array;
  readonly status: Uint8Array;
  readonly category: Uint8Array;
  readonly features: Uint8Array;
  readonly flaws: Uint8Array;
  /** Errors in the whole subtree, the row itself included. */
  readonly errors: Uint32Array;
  /** The critical path in time order: row and the stretch of it that decided the total, ns from base. */
  readonly pathRow: Uint32Array;
  readonly pathStart: Float64Array;
  readonly pathEnd: Float64Array;
  readonly strings: readonly string[];
}
