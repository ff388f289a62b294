import type { ViewOptions } from '../../../src/protocol/viewOptions';

/** What has to be worked out anew after a change of the reader's choices. */
export interface OptionEffects {
  /** What is hidden was chosen anew. */
  readonly hiding: boolean;
  readonly lines: boolean;
  readonly axis: boolean;
}

/** `searching`: there are matches that `find.only` may leave over. */
export function optionEffects(before: ViewOptions, after: ViewOptions, searching: boolean): OptionEffects {
  const hiding =
    after.hidden !== before.hidden || after.onlyPath !== before.onlyPath || after.root !== before.root;
  const filtered = searching && after.find.only !== before.find.only;
  return {
    hiding,
    lines: hiding || filtered || after.repeats !== before.repeats,
    axis: after.squeeze !== before.squeeze,
  };
}
