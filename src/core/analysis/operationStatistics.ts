import type { TraceColumns } from '../columns/traceColumns';
import { StatusCode } from '../model/span';
import { percentile } from './percentile';

/**
 * The operations of a trace (spans of one service with one name), in the order of their first span, and what their
 * spans come to. Times are ns; a span that ends before it starts took none.
 */
export interface OperationStatistics {
  /** How many operations there are. */
  readonly count: number;
  /** The operation of each row. */
  readonly operation: Uint32Array;
  /** Indices into TraceColumns.strings, by operation. */
  readonly service: Uint32Array;
  readonly name: Uint32Array;
  /** count + 1 entries: the spans of operation o are rows[first[o]] … rows[first[o + 1] - 1], ascending. */
  readonly first: Uint32Array;
  readonly rows: Uint32Array;
  /** Spans with an error, by operation. */
  readonly errors: Uint32Array;
  readonly total: Float64Array;
  readonly self: Float64Array;
  /** Nearest rank, so each is the duration of a span: half (95 %) of the spans took that long at most. */
  readonly p50: Float64Array;
  readonly p95: Float64Array;
  readonly max: Float64Array;
}

type Columns = Pick<
  TraceColumns,
  'count' | 'service' | 'name' | 'status' | 'spanDuration' | 'selfTime' | 'strings'
>;

/** Statistics over all spans of the trace, exact. Linear, but for the sorting of durations. */
export function operationStatistics(columns: Columns): OperationStatistics {
  const { operation, service, name } = numberOperations(columns);
  const count = service.length;
  const { first, rows } = groupRows(operation, count);
  const errors = new Uint32Array(count);
  const total = new Float64Array(count);
  const self = new Float64Array(count);
  const durations = new Float64Array(columns.count);
  for (let place = 0; place < columns.count; place++) {
    const row = rows[place] ?? 0;
    const at = operation[row] ?? 0;
    const duration = Math.max(0, columns.spanDuration[row] ?? 0);
    durations[place] = duration;
    total[at] = (total[at] ?? 0) + duration;
    self[at] = (self[at] ?? 0) + (columns.selfTime[row] ?? 0);
    if (columns.status[row] === StatusCode.Error) errors[at] = (errors[at] ?? 0) + 1;
  }
  const p50 = new Float64Array(count);
  const p95 = new Float64Array(count);
  const max = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const sorted = durations.subarray(first[at], first[at + 1]).sort();
    p50[at] = percentile(sorted, 0.5);
    p95[at] = percentile(sorted, 0.95);
    max[at] = sorted.at(-1) ?? 0;
  }
  return { count, operation, service, name, first, rows, errors, total, self, p50, p95, max };
}

function numberOperations({ count, service, name, strings }: Columns): {
  operation: Uint32Array;
  service: Uint32Array;
  name: Uint32Array;
} {
  const numbers = new Map<number, number>();
  const operation = new Uint32Array(count);
  const services: number[] = [];
  const names: number[] = [];
  for (let row = 0; row < count; row++) {
    const ofService = service[row] ?? 0;
    const ofName = name[row] ?? 0;
    const key = ofService * strings.length + ofName;
    let number = numbers.get(key);
    if (number === undefined) {
      number = services.push(ofService) - 1;
      names.push(ofName);
      numbers.set(key, number);
    }
    operation[row] = number;
  }
  return { operation, service: Uint32Array.from(services), name: Uint32Array.from(names) };
}

/** The rows of each group together, ascending (a counting sort). */
function groupRows(groups: Uint32Array, count: number): { first: Uint32Array; rows: Uint32Array } {
  const first = new Uint32Array(count + 1);
  for (const group of groups) first[group + 1] = (first[group + 1] ?? 0) + 1;
  for (let group = 0; group < count; group++)
    first[group + 1] = (first[group + 1] ?? 0) + (first[group] ?? 0);
  const next = first.slice();
  const rows = new Uint32Array(groups.length);
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row] ?? 0;
    const place = next[group] ?? 0;
    rows[place] = row;
    next[group] = place + 1;
  }
  return { first, rows };
}
