import { pathToRoot } from '../../../src/core/columns/pathToRoot';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import { markSpans } from './spanRows';
import type { WaterfallModel } from './waterfallModel';

type Model = Pick<
  WaterfallModel,
  | 'columns'
  | 'lines'
  | 'matches'
  | 'options'
  | 'selected'
  | 'select'
  | 'isFolded'
  | 'fold'
  | 'closeRepeats'
  | 'lineOfRow'
>;

/** Goes from match to match. What it unfolds or opens to show one it folds and closes again when it leaves it. */
export class MatchWalk {
  /** Span ids of the rows it unfolded. */
  private readonly unfolded = new Set<string>();
  /** Span ids of the rows at which it opened groups of repeats. */
  private readonly opened = new Set<string>();

  constructor(private readonly model: Model) {}

  /** Selects the next (1) or previous (-1) match in tree order, around the end, within what is shown as the root. */
  move(direction: 1 | -1): void {
    const { model } = this;
    const row = nextMatch(model, direction);
    if (row < 0) return;
    for (const above of pathToRoot(model.columns, row))
      if (model.isFolded(above)) this.unfolded.add(spanIdAt(model.columns, above));
    const before = new Set(model.options.openRepeats);
    model.select(row);
    for (const id of model.options.openRepeats) if (!before.has(id)) this.opened.add(id);
    this.foldAgain();
    this.closeAgain();
  }

  /** The search is over: only what leads to the selected span stays unfolded and open. */
  end(): void {
    this.foldAgain();
    this.closeAgain();
    this.unfolded.clear();
    this.opened.clear();
  }

  private foldAgain(): void {
    if (this.unfolded.size === 0) return;
    const { columns, selected } = this.model;
    const marks = markSpans(columns, this.unfolded);
    for (const above of selected < 0 ? [] : pathToRoot(columns, selected)) marks[above] = 0;
    if (!marks.includes(1)) return;
    this.model.fold(folded => {
      for (let row = marks.indexOf(1); row >= 0; row = marks.indexOf(1, row + 1)) {
        folded[row] = 1;
        this.unfolded.delete(spanIdAt(columns, row));
      }
    });
  }

  private closeAgain(): void {
    if (this.opened.size === 0) return;
    const { columns, lines, selected } = this.model;
    const { groupOf } = lines.repeats;
    const way = selected < 0 ? [] : [selected, ...pathToRoot(columns, selected)];
    const kept = new Set(way.map(row => groupOf[row] ?? -1).filter(group => group >= 0));
    const marks = markSpans(columns, this.opened);
    const left: number[] = [];
    for (let row = marks.indexOf(1); row >= 0; row = marks.indexOf(1, row + 1))
      if (!kept.has(groupOf[row] ?? -1)) left.push(row);
    if (left.length === 0) return;
    for (const row of left) this.opened.delete(spanIdAt(columns, row));
    this.model.closeRepeats(left);
  }
}

function nextMatch(model: Model, direction: 1 | -1): number {
  const { matches, selected } = model;
  const { count } = model.columns;
  if (!matches) return -1;
  const from = selected < 0 && direction === -1 ? 0 : selected;
  for (let step = 1; step <= count; step++) {
    const row = (from + direction * step + 2 * count) % count;
    if (matches[row] === 1 && model.lineOfRow(row) >= 0) return row;
  }
  return -1;
}

/** How many matches there are, and which of them the row is (from 1), 0 where it is none. */
export function countMatches(matches: Uint8Array, selected: number): { total: number; current: number } {
  let total = 0;
  let current = 0;
  for (let row = matches.indexOf(1); row >= 0; row = matches.indexOf(1, row + 1)) {
    total++;
    if (row === selected) current = total;
  }
  return { total, current };
}
