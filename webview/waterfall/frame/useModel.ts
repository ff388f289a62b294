import { useLayoutEffect, useState } from 'preact/hooks';
import type { Change } from '../model/changes';
import type { WaterfallModel } from '../model/waterfallModel';

/** Draws the component again after these changes of the model. `changes` must be the same array each time. */
export function useModel(model: WaterfallModel, changes: readonly Change[]): void {
  const [, redraw] = useState(0);
  // Not after the paint: a change before it would be missed.
  useLayoutEffect(
    () =>
      model.onChange(change => {
        if (changes.includes(change)) redraw(n => n + 1);
      }),
    [model, changes],
  );
}
