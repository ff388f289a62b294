/**
 * The layout of an encoded TraceColumns, version 1. Everything is little-endian, every column aligned to its element.
 *
 *     0  u32  magic 'CWTC'
 *     4  u32  version
 *     8  u32  length of the whole buffer, bytes
 *    12  u32  bits of ColumnsFlag
 *    16  u32  n: rows
 *    20  u32  p: stretches of the critical path
 *    24  u32  r: rows without a parent in the trace that name one all the same
 *    28  u32  s: strings
 *    32  u32  bytes of the text
 *    36  u32  bytes of the facts
 *    40  f64  duration
 *    48  columns, those with the larger elements first (see columnSizes)
 *        text: all strings without separators, UTF-8
 *        facts: JSON, UTF-8: {traceId, base (decimal), warnings}
 *
 * What follows from the rest does not travel: parent ids (but where the parent is missing) follow from the parent's
 * span id, and a stretch of the path ends where the next one starts.
 */
export const magic = 0x43545743;
export const version = 1;
export const headerBytes = 48;

export const enum ColumnsFlag {
  /** There is a skew column: a clock was corrected. */
  Skew = 1,
}

/** How many elements the columns have, in the order in which they lie. */
export interface ColumnSizes {
  readonly rows: number;
  readonly path: number;
  readonly strayParents: number;
  readonly strings: number;
  readonly hasSkew: boolean;
}

export interface Layout {
  /** Float64: start, spanDuration, selfTime, skew where there is one. */
  readonly times: number;
  /** Float64, p + 1 elements or none: where each stretch starts, and the end of the last one. */
  readonly path: number;
  /** Uint32 (parent: Int32): spanIdHigh, spanIdLow, parent, depth, descendants, name, service, errors. */
  readonly words: number;
  /** Uint32, p elements. */
  readonly pathRow: number;
  /** Uint32, r elements three times: row, parentIdHigh, parentIdLow. Rows ascend. */
  readonly strayParents: number;
  /** Uint32, s elements: where each string ends in the text, in UTF-16 code units. */
  readonly stringEnds: number;
  /** Uint8: kind, status, category, features, flaws. */
  readonly bytes: number;
  readonly text: number;
}

export const timeColumns = 3;
export const wordColumns = 8;
export const byteColumns = 5;

/** Where the columns lie, as byte offsets. */
export function layoutOf({ rows, path, strayParents, strings, hasSkew }: ColumnSizes): Layout {
  const times = headerBytes;
  const pathAt = times + 8 * rows * (timeColumns + (hasSkew ? 1 : 0));
  const words = pathAt + 8 * (path > 0 ? path + 1 : 0);
  const pathRow = words + 4 * rows * wordColumns;
  const strayAt = pathRow + 4 * path;
  const stringEnds = strayAt + 4 * strayParents * 3;
  const bytes = stringEnds + 4 * strings;
  return {
    times,
    path: pathAt,
    words,
    pathRow,
    strayParents: strayAt,
    stringEnds,
    bytes,
    text: bytes + rows * byteColumns,
  };
}
