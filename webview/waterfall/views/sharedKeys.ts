import { bindingOf, press } from '../grid/keyboard';
import type { WaterfallModel } from '../model/waterfallModel';

/** Keys of the waterfall that have another meaning here, or a listener for the whole page. */
const notShared: readonly string[] = ['Rows', 'Page'];

/** Keys that mean the same in every view, from the table of the waterfall's keys. True where the key was one of them. */
export function sharedKeys(model: WaterfallModel, event: KeyboardEvent): boolean {
  const binding = bindingOf(event);
  if (!binding || notShared.includes(binding.group)) return false;
  // Only keys of rows and of the page ask for more than the model.
  press(binding, {
    model,
    open: nothing,
    rowsOnPage: () => 1,
    followLink: nothing,
    back: nothing,
    showKeys: nothing,
  });
  return true;
}

function nothing(): void {
  // What is left out above is all that would do something here.
}
