import { LineKind } from './lines/lineKind';
import { kindAt } from './lines/lines';
import type { WaterfallModel } from './waterfallModel';

/** Folds so that `levels` levels are seen below the roots, or below the span that is shown as the root. */
export function collapseTo(model: WaterfallModel, levels: number): void {
  const { columns, options, lines } = model;
  const from = options.root === undefined ? -1 : (lines.row[0] ?? -1);
  const end = from < 0 ? columns.count : from + 1 + (columns.descendants[from] ?? 0);
  const top = from < 0 ? 0 : (columns.depth[from] ?? 0);
  model.fold(folded => {
    for (let row = Math.max(0, from); row < end; row++)
      folded[row] = (columns.depth[row] ?? 0) - top >= levels && (columns.descendants[row] ?? 0) > 0 ? 1 : 0;
  });
}

export function expandAll(model: WaterfallModel): void {
  model.fold(folded => folded.fill(0));
}

/** Unfolds those of the folded rows on the list that are nearest to the root. */
export function expandLevel(model: WaterfallModel): void {
  const { lines } = model;
  model.fold(folded => {
    let nearest = Infinity;
    let rows: number[] = [];
    for (let line = 0; line < lines.count; line++) {
      const row = lines.row[line] ?? 0;
      const level = lines.level[line] ?? 1;
      if (level > nearest || folded[row] === 0 || kindAt(lines, line) === LineKind.Repeats) continue;
      if (level < nearest) rows = [];
      nearest = level;
      rows.push(row);
    }
    for (const row of rows) folded[row] = 0;
  });
}

/** Folds or unfolds all rows with the name and service of `like`. */
export function foldAlike(model: WaterfallModel, like: number, fold: boolean): void {
  const { count, name, service, descendants } = model.columns;
  model.fold(folded => {
    for (let row = 0; row < count; row++)
      if (name[row] === name[like] && service[row] === service[like] && (descendants[row] ?? 0) > 0)
        folded[row] = fold ? 1 : 0;
  });
}

/** Folds or unfolds a row together with everything below it. */
export function foldDeep(model: WaterfallModel, row: number, fold: boolean): void {
  const last = row + (model.columns.descendants[row] ?? 0);
  model.fold(folded => {
    for (let below = row; below <= last; below++) folded[below] = fold && model.hasChildren(below) ? 1 : 0;
  });
}

/** Unfolds a row and all its siblings (`*` of the treegrid pattern, WAI-ARIA Authoring Practices). */
export function unfoldSiblings(model: WaterfallModel, row: number): void {
  const { parent, descendants, count } = model.columns;
  const above = parent[row] ?? -1;
  const end = above < 0 ? count : above + 1 + (descendants[above] ?? 0);
  model.fold(folded => {
    for (let sibling = above + 1; sibling < end; sibling += 1 + (descendants[sibling] ?? 0))
      folded[sibling] = 0;
  });
}
