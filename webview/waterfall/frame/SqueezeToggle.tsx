import type { VNode } from 'preact';
import { ToggleButton } from '../../ui/ToggleButton';
import type { WaterfallModel } from '../model/waterfallModel';
import { keyWords } from '../text/keyWords';
import { squeezedWords } from '../text/squeezedWords';

/** Squeezes idle time, and says what came of it. */
export function SqueezeToggle({ model }: { readonly model: WaterfallModel }): VNode {
  const { squeeze } = model.options;
  return (
    <ToggleButton
      icon="arrowBoth"
      label={squeeze ? `Squeeze what is idle: ${squeezedWords(model.axis)}` : 'Squeeze what is idle'}
      shortcut={keyWords('q')}
      pressed={squeeze}
      onClick={() => model.setOptions({ squeeze: !squeeze })}
    />
  );
}
