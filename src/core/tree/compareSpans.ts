import type { SpanTable } from './spanTable';

/**
 * The order of siblings at `start` and `duration`: earliest first, then the one that ended first (SDKs that round
 * starts to milliseconds give steps in a row the same start), then by span id. What follows tells rows with the same
 * span id apart, so that the order never depends on which span arrived first.
 */
export function compareSpans(
  table: SpanTable,
  start: Float64Array,
  duration: Float64Array,
  a: number,
  b: number,
): number {
  return (
    difference(start, a, b) ||
    difference(duration, a, b) ||
    difference(table.spanIdHigh, a, b) ||
    difference(table.spanIdLow, a, b) ||
    difference(table.parentIdHigh, a, b) ||
    difference(table.parentIdLow, a, b) ||
    difference(table.kind, a, b) ||
    difference(table.status, a, b) ||
    textDifference(table.strings, table.name, a, b) ||
    textDifference(table.strings, table.service, a, b)
  );
}

type Column = Float64Array | Uint32Array | Uint8Array;

function difference(column: Column, a: number, b: number): number {
  return (column[a] ?? 0) - (column[b] ?? 0);
}

function textDifference(strings: readonly string[], column: Uint32Array, a: number, b: number): number {
  const textOfA = strings[column[a] ?? 0] ?? '';
  const textOfB = strings[column[b] ?? 0] ?? '';
  return textOfA < textOfB ? -1 : textOfA > textOfB ? 1 : 0;
}
