import type { WaterfallModel } from '../model/waterfallModel';
import type { WaterfallGrid } from './waterfallGrid';

/** Keys pressed while a row has the keyboard. `open`: Enter. */
export function attachKeyboard(grid: WaterfallGrid, model: WaterfallModel, open: () => void): void {
  const act = gridKeys(model, { open, rowsOnPage: () => grid.rowsOnPage });
  grid.elements.grid.addEventListener('keydown', event => {
    if (!act(event)) return;
    event.preventDefault();
    grid.reveal('nearest');
    if (event.key !== 'Enter') grid.focus();
  });
}

export interface KeyboardActions {
  open(): void;
  rowsOnPage(): number;
}

/** The keys of VS Code's trees and of the treegrid pattern (WAI-ARIA Authoring Practices), and those of a waterfall. */
export function gridKeys(model: WaterfallModel, actions: KeyboardActions): (event: KeyboardEvent) => boolean {
  const keys: Record<string, () => void> = {
    ArrowDown: () => model.move(1),
    ArrowUp: () => model.move(-1),
    PageDown: () => model.move(actions.rowsOnPage()),
    PageUp: () => model.move(-actions.rowsOnPage()),
    Home: () => model.move(-Infinity),
    End: () => model.move(Infinity),
    ArrowRight: () => goRight(model),
    ArrowLeft: () => goLeft(model),
    '*': () => model.unfoldSiblings(Math.max(0, model.selected)),
    Enter: () => actions.open(),
    ' ': () => model.setExpanded(model.selectedLine, !model.isExpanded(model.selectedLine)),
    e: () => model.moveToError(1),
    E: () => model.moveToError(-1),
  };
  return event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const action = keys[event.key];
    if (!action) return false;
    if (model.selected < 0 && event.key !== 'e' && event.key !== 'E') model.move(-Infinity);
    else action();
    return true;
  };
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
