import { unfoldSiblings } from '../../model/folding';
import type { WaterfallModel } from '../../model/waterfallModel';
import type { KeyBinding, KeyContext } from './keyBinding';

/** The keys of VS Code's trees and of the treegrid pattern (WAI-ARIA Authoring Practices). */
export const rowKeys: readonly KeyBinding[] = [
  row(['ArrowDown'], 'Next row', ({ model }) => model.move(1)),
  row(['ArrowUp'], 'Previous row', ({ model }) => model.move(-1)),
  row(['PageDown'], 'A page down', ({ model, rowsOnPage }) => model.move(rowsOnPage())),
  row(['PageUp'], 'A page up', ({ model, rowsOnPage }) => model.move(-rowsOnPage())),
  row(['Home'], 'First row', ({ model }) => model.move(-Infinity)),
  row(['End'], 'Last row', ({ model }) => model.move(Infinity)),
  row(['ArrowRight'], 'Unfold, or go to the first row below', ({ model }) => goRight(model)),
  row(['ArrowLeft'], 'Fold, or go to the row above it', ({ model }) => goLeft(model)),
  row(['*'], 'Unfold the row and its siblings', ({ model }) => unfoldSiblings(model, model.selected)),
  row([' '], 'Fold or unfold', ({ model }) =>
    model.setExpanded(model.selectedLine, !model.isExpanded(model.selectedLine)),
  ),
  row(['Enter'], 'Open the source of the span, or its details; show hidden spans', ({ open }) => open()),
];

function row(keys: readonly string[], does: string, act: (context: KeyContext) => void): KeyBinding {
  return { keys, does, group: 'Rows', on: 'row', act };
}

/** Unfolds; where that is done already, goes to the first line below. */
function goRight(model: WaterfallModel): void {
  const line = model.selectedLine;
  if (!model.isExpandable(line)) return;
  if (!model.isExpanded(line)) model.setExpanded(line, true);
  else if (model.lines.parent[line + 1] === line) model.selectLine(line + 1);
}

/** Folds; where there is nothing to fold, goes to the line above. */
function goLeft(model: WaterfallModel): void {
  const line = model.selectedLine;
  if (model.isExpanded(line)) model.setExpanded(line, false);
  else model.selectLine(model.lines.parent[line] ?? -1);
}
