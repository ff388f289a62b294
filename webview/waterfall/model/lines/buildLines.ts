import type { Repeats } from '../../../../src/core/analysis/repeats/findRepeats';
import type { TraceColumns } from '../../../../src/core/columns/traceColumns';
import { StatusCode } from '../../../../src/core/model/span';
import { LineKind } from './lineKind';
import type { Lines } from './lines';
import { RowState, type RowStates } from './rowState';

export type LineTree = Pick<TraceColumns, 'count' | 'parent' | 'descendants' | 'errors' | 'status'>;

export interface LineSource {
  readonly tree: LineTree;
  /** Rows marked 1 hide what is below them. */
  readonly folded: Uint8Array;
  /** The row shown as the root, or -1 for all. */
  readonly root: number;
  readonly hiding: RowStates | undefined;
  readonly repeats: Repeats;
  /** Groups marked 1 show their members. */
  readonly opened: Uint8Array;
}

/** The lines of the list. One pass over the rows, in which each row is given the line that stands for it. */
export function buildLines({ tree, folded, root, hiding, repeats, opened }: LineSource): Lines {
  const { count, parent, descendants, errors, status } = tree;
  const from = Math.max(0, root);
  const end = root < 0 ? count : root + 1 + (descendants[root] ?? 0);
  const states = hiding?.states;
  // A note stands for a row that has no line of its own, so there are at most this many.
  const capacity = end - from + repeats.count;
  const kind = new Uint8Array(capacity);
  const rows = new Uint32Array(capacity);
  const item = new Uint32Array(capacity);
  const level = new Uint32Array(capacity);
  const above = new Int32Array(capacity);
  const position = new Uint32Array(capacity);
  const hiddenErrors = new Uint32Array(capacity);
  // Entry l + 1: children of line l; entry 0: lines without a parent.
  const children = new Uint32Array(capacity + 1);
  const lineOf = new Int32Array(count).fill(-1);
  const lineOfRepeats = new Int32Array(repeats.count).fill(-1);
  let lines = 0;

  const add = (of: LineKind, row: number, number: number, parentLine: number): number => {
    const line = lines++;
    kind[line] = of;
    rows[line] = row;
    item[line] = number;
    above[line] = parentLine;
    level[line] = parentLine < 0 ? 1 : (level[parentLine] ?? 0) + 1;
    position[line] = children[parentLine + 1] = (children[parentLine + 1] ?? 0) + 1;
    return line;
  };
  /** Makes `line` stand for the rows of [first, past), whose errors it then shows. */
  const standFor = (line: number, first: number, past: number, failed: number): void => {
    lineOf.fill(line, first, past);
    if (line >= 0) hiddenErrors[line] = (hiddenErrors[line] ?? 0) + failed;
  };
  const hiddenAmong = (first: number, past: number): number => {
    let hidden = 0;
    for (let row = first; row < past; row++)
      if (states?.[row] === RowState.Pruned || states?.[row] === RowState.Noted) hidden++;
    return hidden;
  };

  // Pruned roots and pruned children share one note, the first line below their parent.
  if (root < 0 && hiding?.prunedBelow[0]) add(LineKind.Hidden, 0, 0, -1);
  let row = from;
  while (row < end) {
    const past = row + 1 + (descendants[row] ?? 0);
    const parentRow = row === root ? -1 : (parent[row] ?? -1);
    const parentLine = parentRow < 0 ? -1 : (lineOf[parentRow] ?? -1);
    const state = states?.[row];
    const failed = errors[row] ?? 0;

    if (state === RowState.Out) {
      standFor(parentLine, row, past, failed);
      row = past;
      continue;
    }
    if (state === RowState.Pruned) {
      const noted = parentRow >= 0 && states?.[parentRow] === RowState.Noted;
      const note = noted ? parentLine : parentLine + 1;
      if (item[note] === 0) rows[note] = row;
      item[note] = (item[note] ?? 0) + hiddenAmong(row, past);
      standFor(note, row, past, failed);
      row = past;
      continue;
    }
    if (state === RowState.Noted) {
      const noted = parentRow >= 0 && states?.[parentRow] === RowState.Noted;
      const note = noted ? parentLine : add(LineKind.Hidden, row, 0, parentLine);
      const fold = folded[row] === 1;
      item[note] = (item[note] ?? 0) + (fold ? hiddenAmong(row, past) : 1);
      const own = status[row] === StatusCode.Error ? 1 : 0;
      standFor(note, row, fold ? past : row + 1, fold ? failed : own);
      row = fold ? past : row + 1;
      continue;
    }
    const group = repeats.groupOf[row] ?? -1;
    let under = parentLine;
    if (group >= 0) {
      if (repeats.first[group] === row) lineOfRepeats[group] = add(LineKind.Repeats, row, group, parentLine);
      under = lineOfRepeats[group] ?? -1;
      if (!opened[group]) {
        standFor(under, row, past, failed);
        row = past;
        continue;
      }
    }
    const line = add(LineKind.Span, row, 0, under);
    lineOf[row] = line;
    if (folded[row] === 1 && past > row + 1) {
      standFor(line, row + 1, past, failed - (status[row] === StatusCode.Error ? 1 : 0));
      row = past;
      continue;
    }
    if (hiding?.prunedBelow[row + 1]) add(LineKind.Hidden, row, 0, line);
    row++;
  }

  return {
    count: lines,
    kind: kind.subarray(0, lines),
    row: rows.subarray(0, lines),
    item: item.subarray(0, lines),
    level: level.subarray(0, lines),
    parent: above.subarray(0, lines),
    position: position.subarray(0, lines),
    errors: hiddenErrors.subarray(0, lines),
    lineOf,
    repeats,
    lineOfRepeats,
    setSize: of => children[(above[of] ?? -1) + 1] ?? 1,
  };
}
