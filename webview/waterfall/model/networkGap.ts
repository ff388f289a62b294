import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { SpanKind } from '../../../src/core/model/span';
import type { TimeRange } from './timeRange';

/** What a call spends between two services: on the way there, and on the way back. ns from the trace's start. */
export interface NetworkGap {
  readonly there: TimeRange | undefined;
  readonly back: TimeRange | undefined;
}

type Calls = Pick<TraceColumns, 'kind' | 'parent' | 'service' | 'start' | 'spanDuration'>;

/**
 * The gap of a Server span to the Client span above it in another service: the pair is one call (OpenTelemetry
 * specification, trace/api, "SpanKind"). Undefined where `row` is no such span, or fills its caller from end to end.
 */
export function networkGap(columns: Calls, row: number): NetworkGap | undefined {
  const caller = columns.parent[row] ?? -1;
  if (caller < 0 || columns.kind[row] !== SpanKind.Server || columns.kind[caller] !== SpanKind.Client)
    return undefined;
  if (columns.service[row] === columns.service[caller]) return undefined;
  const [sent, received] = endsOf(columns, caller);
  const [start, end] = endsOf(columns, row);
  const there = stretch(sent, start);
  const back = stretch(end, received);
  return (there ?? back) ? { there, back } : undefined;
}

function endsOf({ start, spanDuration }: Calls, row: number): [start: number, end: number] {
  const from = start[row] ?? 0;
  return [from, from + Math.max(0, spanDuration[row] ?? 0)];
}

/** Undefined where the clocks disagree, or a server goes on after its answer. */
function stretch(start: number, end: number): TimeRange | undefined {
  return end > start ? { start, end } : undefined;
}
