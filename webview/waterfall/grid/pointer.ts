import { foldDeep } from '../model/folding';
import { LineKind } from '../model/lines/lineKind';
import type { WaterfallModel } from '../model/waterfallModel';
import type { WaterfallGrid } from './waterfallGrid';

/** Clicks on rows. */
export function attachPointer(grid: WaterfallGrid, model: WaterfallModel, opened: () => void): void {
  const { rows } = grid.elements;

  rows.addEventListener('click', event => {
    const line = lineOf(event.target);
    if (line < 0) return;
    const twistie = event.target instanceof HTMLElement && event.target.classList.contains('twistie');
    model.selectLine(line);
    if (twistie && model.isExpandable(line)) {
      const expand = !model.isExpanded(line);
      if (event.altKey && model.selectedLineKind === LineKind.Span) foldDeep(model, model.selected, !expand);
      else model.setExpanded(line, expand);
    }
    grid.focus();
  });
  rows.addEventListener('dblclick', event => {
    const twistie = event.target instanceof HTMLElement && event.target.classList.contains('twistie');
    if (lineOf(event.target) >= 0 && !twistie) opened();
  });
}

function lineOf(target: EventTarget | null): number {
  const element = target instanceof Element ? target.closest('.row') : null;
  return element instanceof HTMLElement ? Number(element.dataset['line']) : -1;
}
