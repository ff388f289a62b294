import { linkParents } from './linkParents';
import { placeInTime } from './placeInTime';
import { refineCategories } from './refineCategories';
import { SpanFeature, type SpanTable } from './spanTable';
import { RowFlaw, type TraceTree } from './traceTree';
import { treeOrder } from './treeOrder';
import { treeWarnings } from './treeWarnings';

export interface TreeOptions {
  /** Whether clock skew is corrected or only marked; true unless given. */
  readonly correctSkew?: boolean;
}

/**
 * The tree of a trace, whatever came in: several roots, spans whose parent is missing (they are roots, in time order),
 * cycles (cut at their earliest span), the same span id twice, late arrivals. It depends on the spans alone, not on
 * their order. Linear but for the sorting of spans that start in the same nanosecond; no recursion.
 */
export function buildTree(table: SpanTable, { correctSkew = true }: TreeOptions = {}): TraceTree {
  const { count, features } = table;
  const flawsOfSpan = new Uint8Array(count);
  for (let span = 0; span < count; span++)
    if ((features[span] ?? 0) & SpanFeature.Dropped) flawsOfSpan[span] = RowFlaw.Dropped;
  const links = linkParents(table, flawsOfSpan);
  const times = placeInTime(table, links, flawsOfSpan, correctSkew);
  const order = treeOrder(table, links, times);

  const start = new Float64Array(count);
  const duration = new Float64Array(count);
  const skew = new Float64Array(count);
  const flaws = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const span = order.source[row] ?? 0;
    start[row] = times.start[span] ?? 0;
    duration[row] = times.duration[span] ?? 0;
    skew[row] = times.skew[span] ?? 0;
    flaws[row] = flawsOfSpan[span] ?? 0;
  }
  return {
    count,
    ...order,
    start,
    duration,
    skew,
    category: refineCategories(table, order),
    flaws,
    warnings: treeWarnings(table, order, flaws, skew),
  };
}
