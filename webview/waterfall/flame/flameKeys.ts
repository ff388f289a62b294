import type { WaterfallModel } from '../model/waterfallModel';
import { sharedKeys } from '../views/sharedKeys';
import type { FlameLayout } from './flameLayout';
import { childOf, parentOf, siblingOf } from './flameWalk';

/** What a key does in the flame graph: up to the parent, down to the first child, sideways to siblings. True: taken. */
export function flameKey(
  model: WaterfallModel,
  layout: FlameLayout,
  event: KeyboardEvent,
  open: () => void,
): boolean {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  const target = plain ? targetOf(model, layout, event.key) : undefined;
  if (target !== undefined) {
    model.select(target);
    return true;
  }
  if (plain && event.key === 'Enter') {
    open();
    return true;
  }
  return sharedKeys(model, event);
}

/** The row a key goes to, -1 where there is none that way; undefined: no such key. */
function targetOf(
  { columns, selected }: WaterfallModel,
  layout: FlameLayout,
  key: string,
): number | undefined {
  const first = () => layout.order[layout.first[0] ?? 0] ?? -1;
  switch (key) {
    case 'ArrowUp':
      return selected < 0 ? first() : parentOf(columns, layout, selected);
    case 'ArrowDown':
      return selected < 0 ? first() : childOf(columns, layout, selected);
    case 'ArrowLeft':
      return selected < 0 ? first() : siblingOf(columns, layout, selected, -1);
    case 'ArrowRight':
      return selected < 0 ? first() : siblingOf(columns, layout, selected, 1);
    case 'Home':
      return first();
    default:
      return undefined;
  }
}
