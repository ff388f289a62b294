import type { TraceSummary } from '../../protocol/collectorProtocol';
import type { TraceColumns } from '../../core/columns/traceColumns';

/** The elements of the Traces view. Each has an id that live updates keep, so that expansion and selection stay. */
export type Node = TraceNode | SpanNode | MoreTracesNode | MoreSpansNode | InfoNode;

export interface TraceNode {
  readonly kind: 'trace';
  readonly id: string;
  readonly traceId: string;
  summary: TraceSummary;
}

export interface SpanNode {
  readonly kind: 'span';
  readonly id: string;
  readonly traceId: string;
  readonly spanId: string;
  columns: TraceColumns;
  /** Row in `columns`. */
  row: number;
  /** How many children are shown; more on demand. */
  shown: number;
}

export interface MoreTracesNode {
  readonly kind: 'moreTraces';
  readonly id: string;
  readonly hidden: number;
}

export interface MoreSpansNode {
  readonly kind: 'moreSpans';
  readonly id: string;
  readonly parent: SpanNode | TraceNode;
  readonly hidden: number;
}

/** A line of text, copied when it is clicked. */
export interface InfoNode {
  readonly kind: 'info';
  readonly id: string;
  readonly label: string;
}

/** Children shown of one parent before "Show More": VS Code's tree gets slow with many thousands of siblings. */
export const childrenPage = 500;

export function traceNodeId(traceId: string): string {
  return `trace:${traceId}`;
}

export function spanNodeId(traceId: string, spanId: string): string {
  return `span:${traceId}:${spanId}`;
}

/** Rows of the children of `row`, or of the roots for -1; at most `limit`, and how many there are in all. */
export function childRows(
  columns: TraceColumns,
  row: number,
  limit: number,
): { rows: number[]; total: number } {
  const rows: number[] = [];
  const end = row < 0 ? columns.count : row + 1 + (columns.descendants[row] ?? 0);
  let total = 0;
  for (let child = row + 1; child < end; child += 1 + (columns.descendants[child] ?? 0)) {
    if (total < limit) rows.push(child);
    total++;
  }
  return { rows, total };
}
