import type { TraceColumns } from '../../src/core/columns/traceColumns';
import { spanIdFromHalves } from '../../src/core/model/ids';

/** What the columns hold as an object a span: the names and forms of the CLI's JSON. */
export function jsonRows(columns: TraceColumns): object[] {
  const { count, base, strings } = columns;
  const rows: object[] = [];
  for (let row = 0; row < count; row++) {
    const parent = columns.parent[row]!;
    rows.push({
      spanId: spanIdFromHalves(columns.spanIdHigh[row]!, columns.spanIdLow[row]!),
      parentSpanId: spanIdFromHalves(columns.parentIdHigh[row]!, columns.parentIdLow[row]!),
      parent,
      depth: columns.depth[row],
      descendants: columns.descendants[row],
      name: strings[columns.name[row]!],
      service: strings[columns.service[row]!],
      kind: columns.kind[row],
      status: columns.status[row],
      category: columns.category[row],
      startTimeUnixNano: (base + BigInt(columns.start[row]!)).toString(),
      durationNano: columns.spanDuration[row],
      selfTimeNano: columns.selfTime[row],
      errors: columns.errors[row],
      flaws: columns.flaws[row],
    });
  }
  return rows;
}
