import { spanText } from '../../ui/text/spanText';
import { nameAt, serviceAt } from '../model/traceFacts';
import type { WaterfallModel } from '../model/waterfallModel';
import { rowDescription } from '../text/rowDescription';

/** A span in words: its name, its service, and what its bar shows. */
export function flameWords(model: WaterfallModel, row: number): readonly [string, string, string] {
  const { columns } = model;
  const name = spanText(nameAt(columns, row));
  const service = spanText(serviceAt(columns, row));
  const bar = rowDescription(columns, row, 0, pathShare(model, row));
  return [name, service, model.matches?.[row] === 1 ? `match, ${bar}` : bar];
}

/** How much of the trace's duration the row itself decided, 0 to 1. */
function pathShare({ columns, path }: WaterfallModel, row: number): number {
  let time = 0;
  for (let at = path.first[row] ?? 0; at < (path.first[row + 1] ?? 0); at++) {
    const stretch = path.order[at] ?? 0;
    time += (columns.pathEnd[stretch] ?? 0) - (columns.pathStart[stretch] ?? 0);
  }
  return columns.duration > 0 ? time / columns.duration : 0;
}

/** Shows the words of a row beside the pointer, within the view; hides the tip where there is none. */
export function showTip(
  tip: HTMLElement,
  model: WaterfallModel,
  row: number,
  at: { readonly x: number; readonly y: number },
): void {
  tip.hidden = row < 0;
  if (row < 0) return;
  const lines = flameWords(model, row).map((text, i) => {
    const line = document.createElement('div');
    if (i > 0) line.className = 'quiet';
    line.textContent = text;
    return line;
  });
  tip.replaceChildren(...lines);
  const room = tip.parentElement?.getBoundingClientRect();
  if (!room) return;
  const x = Math.max(4, Math.min(at.x + 12, room.width - tip.offsetWidth - 8));
  const below = at.y + 18;
  const y = below + tip.offsetHeight > room.height - 4 ? at.y - tip.offsetHeight - 8 : below;
  tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(Math.max(4, y))}px)`;
}
