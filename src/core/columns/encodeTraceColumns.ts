import { ColumnsFlag, headerBytes, layoutOf, magic, version } from './columnsLayout';
import type { TraceColumns } from './traceColumns';

/**
 * The columns as one buffer of exactly their size (layout: columnsLayout.ts), to be sent or transferred. About 70 bytes
 * a span and its strings once.
 * @throws where the path of `columns` has gaps: criticalPath makes none, and the format holds none
 */
export function encodeTraceColumns(columns: TraceColumns): ArrayBuffer {
  const { count, pathRow, pathStart, pathEnd, strings } = columns;
  const encoder = new TextEncoder();
  const text = encoder.encode(strings.join(''));
  const facts = encoder.encode(
    JSON.stringify({ traceId: columns.traceId, base: columns.base.toString(), warnings: columns.warnings }),
  );
  const stray = strayParents(columns);
  const hasSkew = columns.skew.some(skew => skew !== 0);
  const path = pathRow.length;
  const sizes = { rows: count, path, strayParents: stray.length, strings: strings.length, hasSkew };
  const at = layoutOf(sizes);
  const buffer = new ArrayBuffer(at.text + text.length + facts.length);

  const header = new DataView(buffer, 0, headerBytes);
  const fields = [
    magic,
    version,
    buffer.byteLength,
    hasSkew ? ColumnsFlag.Skew : 0,
    count,
    path,
    stray.length,
    strings.length,
    text.length,
    facts.length,
  ];
  fields.forEach((field, i) => header.setUint32(4 * i, field, true));
  header.setFloat64(40, columns.duration, true);

  const times = new Float64Array(buffer, at.times, (at.path - at.times) / 8);
  const timeColumns = [columns.start, columns.spanDuration, columns.selfTime, columns.skew];
  timeColumns.slice(0, hasSkew ? 4 : 3).forEach((column, i) => times.set(column, i * count));

  const pathTimes = new Float64Array(buffer, at.path, (at.words - at.path) / 8);
  pathTimes.set(pathStart);
  for (let i = 0; i < path; i++) {
    if (i + 1 < path && pathEnd[i] !== pathStart[i + 1]) throw new RangeError('the critical path has a gap');
    pathTimes[i + 1] = pathEnd[i] ?? 0;
  }

  const words = new Uint32Array(buffer, at.words, (at.pathRow - at.words) / 4);
  const { spanIdHigh, spanIdLow, parent, depth, descendants, name, service, errors } = columns;
  [spanIdHigh, spanIdLow, parent, depth, descendants, name, service, errors].forEach((column, i) =>
    words.set(column, i * count),
  );
  new Uint32Array(buffer, at.pathRow, path).set(pathRow);

  const strays = new Uint32Array(buffer, at.strayParents, 3 * stray.length);
  stray.forEach((row, i) => {
    strays[i] = row;
    strays[stray.length + i] = columns.parentIdHigh[row] ?? 0;
    strays[2 * stray.length + i] = columns.parentIdLow[row] ?? 0;
  });

  const ends = new Uint32Array(buffer, at.stringEnds, strings.length);
  let end = 0;
  strings.forEach((string, i) => (ends[i] = end += string.length));

  const bytes = new Uint8Array(buffer);
  [columns.kind, columns.status, columns.category, columns.features, columns.flaws].forEach((column, i) =>
    bytes.set(column, at.bytes + i * count),
  );
  bytes.set(text, at.text);
  bytes.set(facts, at.text + text.length);
  return buffer;
}

/** Rows whose parent id does not follow from their parent's row. */
function strayParents(columns: TraceColumns): number[] {
  const { count, parent, parentIdHigh, parentIdLow } = columns;
  const rows: number[] = [];
  for (let row = 0; row < count; row++)
    if (parent[row] === -1 && (parentIdHigh[row] !== 0 || parentIdLow[row] !== 0)) rows.push(row);
  return rows;
}
