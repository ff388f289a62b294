import type { TraceWarning } from '../tree/traceTree';
import { checkTraceColumns } from './checkTraceColumns';
import { ColumnsFlag, headerBytes, layoutOf, magic, version } from './columnsLayout';
import { InvalidColumnsError } from './invalidColumnsError';
import { readStrings } from './readStrings';
import type { TraceColumns } from './traceColumns';

/**
 * The columns in a buffer of encodeTraceColumns, as views on it: nothing is copied but the parent ids, which are looked
 * up. Everything is checked, so that a reader may follow any index in the columns.
 * @throws InvalidColumnsError
 */
export function decodeTraceColumns(buffer: ArrayBuffer): TraceColumns {
  const header = readHeader(buffer);
  const { rows, path, strayParents, strings, textBytes, factsBytes } = header;
  const at = layoutOf(header);
  if (at.text + textBytes + factsBytes !== buffer.byteLength)
    throw new InvalidColumnsError(
      `the columns need ${at.text + textBytes + factsBytes} bytes, the buffer has ${buffer.byteLength}`,
    );
  const times = (column: number): Float64Array =>
    new Float64Array(buffer, at.times + 8 * rows * column, rows);
  const words = (column: number): Uint32Array => new Uint32Array(buffer, at.words + 4 * rows * column, rows);
  const bytes = (column: number): Uint8Array => new Uint8Array(buffer, at.bytes + rows * column, rows);
  const text = new Uint8Array(buffer, at.text, textBytes);
  const facts = readFacts(new Uint8Array(buffer, at.text + textBytes, factsBytes));
  const tree = {
    count: rows,
    spanIdHigh: words(0),
    spanIdLow: words(1),
    parent: new Int32Array(buffer, at.words + 4 * rows * 2, rows),
    depth: words(3),
    descendants: words(4),
    name: words(5),
    service: words(6),
    pathRow: new Uint32Array(buffer, at.pathRow, path),
    pathStart: new Float64Array(buffer, at.path, path),
    pathEnd: new Float64Array(buffer, path > 0 ? at.path + 8 : at.path, path),
    strings: readStrings(text, new Uint32Array(buffer, at.stringEnds, strings)),
  };
  checkTraceColumns(tree);
  return {
    ...facts,
    ...tree,
    ...parentIds(tree, new Uint32Array(buffer, at.strayParents, 3 * strayParents)),
    duration: header.duration,
    start: times(0),
    spanDuration: times(1),
    selfTime: times(2),
    skew: header.hasSkew ? times(3) : new Float64Array(rows),
    kind: bytes(0),
    status: bytes(1),
    category: bytes(2),
    features: bytes(3),
    flaws: bytes(4),
    errors: words(7),
  };
}

function readHeader(buffer: ArrayBuffer) {
  if (buffer.byteLength < headerBytes)
    throw new InvalidColumnsError(`${buffer.byteLength} bytes are too few for a header of ${headerBytes}`);
  const view = new DataView(buffer);
  const field = (index: number): number => view.getUint32(4 * index, true);
  if (field(0) !== magic) throw new InvalidColumnsError('the buffer holds no trace columns');
  if (field(1) !== version)
    throw new InvalidColumnsError(
      `trace columns of version ${field(1)}; this reader knows version ${version}`,
    );
  if (field(2) !== buffer.byteLength)
    throw new InvalidColumnsError(`${field(2)} bytes were written, ${buffer.byteLength} have arrived`);
  const duration = view.getFloat64(40, true);
  if (!(duration >= 0 && duration < Infinity)) throw new InvalidColumnsError(`a duration of ${duration}`);
  return {
    hasSkew: (field(3) & ColumnsFlag.Skew) !== 0,
    rows: field(4),
    path: field(5),
    strayParents: field(6),
    strings: field(7),
    textBytes: field(8),
    factsBytes: field(9),
    duration,
  };
}

function readFacts(bytes: Uint8Array): Pick<TraceColumns, 'traceId' | 'base' | 'warnings'> {
  let facts: unknown;
  try {
    facts = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new InvalidColumnsError('the facts are no JSON', { cause });
  }
  if (!isRecord(facts)) throw new InvalidColumnsError('the facts are no object');
  const { traceId, base, warnings } = facts;
  if (typeof traceId !== 'string' || typeof base !== 'string' || !Array.isArray(warnings))
    throw new InvalidColumnsError('trace id, base or warnings are missing');
  if (!/^-?\d{1,20}$/.test(base)) throw new InvalidColumnsError('the base is no number');
  return { traceId, base: BigInt(base), warnings: warnings.map(readWarning) };
}

const warningCodes: Readonly<Record<TraceWarning['code'], true>> = {
  'missing-parent': true,
  'several-roots': true,
  cycle: true,
  'clock-skew': true,
  'negative-duration': true,
  'zero-time': true,
  dropped: true,
};

function readWarning(warning: unknown): TraceWarning {
  if (isRecord(warning)) {
    const { code, message, count } = warning;
    if (isWarningCode(code) && typeof message === 'string' && typeof count === 'number')
      return { code, message, count };
  }
  throw new InvalidColumnsError('a warning of unknown form');
}

function isWarningCode(code: unknown): code is TraceWarning['code'] {
  return typeof code === 'string' && Object.hasOwn(warningCodes, code);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The parent ids of all rows: those of the parents' rows, and `stray` (row, high, low) for rows without one. */
function parentIds(
  {
    count,
    parent,
    spanIdHigh,
    spanIdLow,
  }: Pick<TraceColumns, 'count' | 'parent' | 'spanIdHigh' | 'spanIdLow'>,
  stray: Uint32Array,
): Pick<TraceColumns, 'parentIdHigh' | 'parentIdLow'> {
  const parentIdHigh = new Uint32Array(count);
  const parentIdLow = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const above = parent[row] ?? -1;
    if (above < 0) continue;
    parentIdHigh[row] = spanIdHigh[above] ?? 0;
    parentIdLow[row] = spanIdLow[above] ?? 0;
  }
  const strays = stray.length / 3;
  for (let i = 0; i < strays; i++) {
    const row = stray[i] ?? 0;
    if (row >= count || parent[row] !== -1) throw new InvalidColumnsError(`row ${row} has two parents`);
    parentIdHigh[row] = stray[strays + i] ?? 0;
    parentIdLow[row] = stray[2 * strays + i] ?? 0;
  }
  return { parentIdHigh, parentIdLow };
}
