import type { WaterfallModel } from '../model/waterfallModel';

/** Keys that mean the same in every view. True where the key was one of them. */
export function sharedKeys(model: WaterfallModel, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case 'e':
      model.moveToError(1);
      return true;
    case 'E':
      model.moveToError(-1);
      return true;
    default:
      return false;
  }
}
