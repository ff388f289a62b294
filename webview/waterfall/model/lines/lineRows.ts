import type { WaterfallModel } from '../waterfallModel';
import { LineKind } from './lineKind';
import { kindAt } from './lines';

/** Calls `visit` with each row that the line stands for: a span and what its fold hides, all below a closed group, all of a note. */
export function forEachRowOf(model: WaterfallModel, line: number, visit: (row: number) => void): void {
  const { lines } = model;
  const { first, past } = rowsAround(model, line);
  for (let row = first; row < past; row++) if (lines.lineOf[row] === line) visit(row);
}

/** Calls `visit` with each member of a group, opened or not, and with each hidden span of a note. */
export function forEachMember(model: WaterfallModel, line: number, visit: (row: number) => void): void {
  const { lines, columns } = model;
  if (kindAt(lines, line) !== LineKind.Repeats) {
    forEachRowOf(model, line, visit);
    return;
  }
  const group = lines.item[line] ?? 0;
  const last = lines.repeats.last[group] ?? 0;
  for (let row = lines.row[line] ?? 0; row <= last; row += 1 + (columns.descendants[row] ?? 0))
    if (lines.repeats.groupOf[row] === group) visit(row);
}

/** Time of the critical path that lies in the rows that the line stands for, ns. */
export function pathTime(model: WaterfallModel, line: number): number {
  const { pathStart, pathEnd } = model.columns;
  let time = 0;
  forEachStretchOf(model, line, stretch => {
    time += (pathEnd[stretch] ?? 0) - (pathStart[stretch] ?? 0);
  });
  return time;
}

/** Calls `visit` with each stretch of the critical path of the rows that the line stands for. */
export function forEachStretchOf(
  model: WaterfallModel,
  line: number,
  visit: (stretch: number) => void,
): void {
  const { lines, path, columns } = model;
  const row = lines.row[line] ?? 0;
  const whole = kindAt(lines, line) !== LineKind.Span || !model.isExpanded(line);
  const { first, past } = whole ? rowsAround(model, line) : { first: row, past: row + 1 };
  const end = path.first[past] ?? 0;
  for (let at = path.first[first] ?? 0; at < end; at++) {
    const stretch = path.order[at] ?? 0;
    if (lines.lineOf[columns.pathRow[stretch] ?? 0] === line) visit(stretch);
  }
}

/** A run of rows, [first, past), in which those of the line lie. */
function rowsAround(model: WaterfallModel, line: number): { first: number; past: number } {
  const { lines, columns } = model;
  const first = lines.row[line] ?? 0;
  const { descendants, count } = columns;
  if (kindAt(lines, line) === LineKind.Span) return { first, past: first + 1 + (descendants[first] ?? 0) };
  if (kindAt(lines, line) === LineKind.Repeats) {
    const last = lines.repeats.last[lines.item[line] ?? 0] ?? first;
    return { first, past: last + 1 + (descendants[last] ?? 0) };
  }
  const above = columns.parent[first] ?? -1;
  return { first, past: above < 0 ? count : above + 1 + (descendants[above] ?? 0) };
}
