import { plainAttributes, type PlainValue } from '../../core/formats/plainValue';
import type { TraceColumns } from '../../core/columns/traceColumns';
import { spanIdFromHalves } from '../../core/model/ids';
import { spanKinds, statusCodes } from '../../core/model/span';
import { categories } from '../../core/semantics/category';
import { flawNames, type TraceWarning } from '../../core/tree/traceTree';
import type { TraceSummary } from '../../protocol/collectorProtocol';
import type { SpanDetail } from '../../protocol/spanDetail';

/** An element of `causeway traces --json`; docs/cli.md is the contract. */
export interface TraceListEntry {
  traceId: string;
  rootName: string;
  rootService: string;
  startTimeUnixNano: string;
  durationNano: string;
  spanCount: number;
  errorCount: number;
  services: string[];
}

export function traceListEntry(summary: TraceSummary): TraceListEntry {
  const { traceId, rootName, rootService, startTimeUnixNano, durationNano, spanCount, errorCount, services } =
    summary;
  return { traceId, rootName, rootService, startTimeUnixNano, durationNano, spanCount, errorCount, services };
}

/** `causeway trace --json` without its spans. */
export interface TraceHead {
  traceId: string;
  startTimeUnixNano: string;
  durationNano: string;
  spanCount: number;
  errorCount: number;
  services: string[];
  warnings: TraceWarning[];
  criticalPath: { spanId: string; startTimeUnixNano: string; endTimeUnixNano: string }[];
}

export function traceHead(columns: TraceColumns, summary: TraceSummary): TraceHead {
  return {
    traceId: columns.traceId,
    startTimeUnixNano: at(columns, 0),
    durationNano: integer(columns.duration),
    spanCount: columns.count,
    errorCount: summary.errorCount,
    services: summary.services,
    warnings: [...columns.warnings],
    criticalPath: Array.from(columns.pathRow, (row, i) => ({
      spanId: spanIdOfRow(columns, row),
      startTimeUnixNano: at(columns, columns.pathStart[i] ?? 0),
      endTimeUnixNano: at(columns, columns.pathEnd[i] ?? 0),
    })),
  };
}

/** An element of `spans` of `causeway trace --json`. */
export interface TraceSpan {
  spanId: string;
  parentSpanId: string;
  traceState: string;
  flags: number;
  depth: number;
  name: string;
  kind: string;
  service: string;
  category: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  durationNano: string;
  selfTimeNano: string;
  onCriticalPath: boolean;
  status: { code: string; message: string };
  attributes: Record<string, PlainValue>;
  resource: { attributes: Record<string, PlainValue>; droppedAttributesCount: number; schemaUrl: string };
  scope: {
    name: string;
    version: string;
    attributes: Record<string, PlainValue>;
    droppedAttributesCount: number;
    schemaUrl: string;
  };
  events: {
    timeUnixNano: string;
    name: string;
    attributes: Record<string, PlainValue>;
    droppedAttributesCount: number;
  }[];
  links: {
    traceId: string;
    spanId: string;
    traceState: string;
    flags: number;
    attributes: Record<string, PlainValue>;
    droppedAttributesCount: number;
  }[];
  droppedCounts: { attributes: number; events: number; links: number };
  warnings: string[];
  /** Where the span's code is; not resolved by the command line yet. */
  source: null;
}

/** The span of row `row`: what it carries as it came in, and what the tree knows about it. */
export function traceSpan(
  columns: TraceColumns,
  row: number,
  onPath: ReadonlySet<number>,
  span: SpanDetail,
): TraceSpan {
  return {
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    traceState: span.traceState,
    flags: span.flags,
    depth: columns.depth[row] ?? 0,
    name: span.name,
    kind: spanKinds[span.kind] ?? String(span.kind),
    service: span.service,
    category: categories[columns.category[row] ?? 0] ?? categories[0],
    startTimeUnixNano: span.startTimeUnixNano,
    endTimeUnixNano: span.endTimeUnixNano,
    durationNano: (BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)).toString(),
    selfTimeNano: integer(columns.selfTime[row] ?? 0),
    onCriticalPath: onPath.has(row),
    status: { code: statusCodes[span.status.code] ?? String(span.status.code), message: span.status.message },
    attributes: plainAttributes(span.attributes),
    resource: { ...span.resource, attributes: plainAttributes(span.resource.attributes) },
    scope: { ...span.scope, attributes: plainAttributes(span.scope.attributes) },
    events: span.events.map(event => ({ ...event, attributes: plainAttributes(event.attributes) })),
    links: span.links.map(({ traceId, spanId, traceState, flags, attributes, droppedAttributesCount }) => ({
      traceId,
      spanId,
      traceState,
      flags,
      attributes: plainAttributes(attributes),
      droppedAttributesCount,
    })),
    droppedCounts: {
      attributes: span.droppedAttributesCount,
      events: span.droppedEventsCount,
      links: span.droppedLinksCount,
    },
    warnings: flawNames(columns.flaws[row] ?? 0),
    source: null,
  };
}

export function spanIdOfRow({ spanIdHigh, spanIdLow }: TraceColumns, row: number): string {
  return spanIdFromHalves(spanIdHigh[row] ?? 0, spanIdLow[row] ?? 0);
}

function at(columns: TraceColumns, offset: number): string {
  return (columns.base + BigInt(Math.round(offset))).toString();
}

function integer(value: number): string {
  return BigInt(Math.round(value)).toString();
}
