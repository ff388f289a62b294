import type { VNode } from 'preact';
import { IconButton } from '../../ui/IconButton';
import { ToggleButton } from '../../ui/ToggleButton';
import type { WaterfallModel } from '../model/waterfallModel';
import { keyWords } from '../text/keyWords';
import { ViewSwitch } from '../views/ViewSwitch';
import { CollapseMenu } from './CollapseMenu';
import { HideMenu } from './HideMenu';
import { SqueezeToggle } from './SqueezeToggle';
import { useModel } from './useModel';
import { KeySelects } from '../colours/KeySelects';
import { FindBox } from '../find/FindBox';
import { useFinder } from '../find/useFinder';

export interface ToolbarProps {
  readonly model: WaterfallModel;
  readonly onShowKeys: () => void;
}

const changes = ['trace', 'options'] as const;

/** What the reader can choose about the view: on the left what is shown, on the right how. */
export function Toolbar({ model, onShowKeys }: ToolbarProps): VNode {
  useModel(model, changes);
  const { options } = model;
  const finder = useFinder(model);
  return (
    <div class="view-toolbar" role="toolbar" aria-label="View" onKeyDown={moveAlong}>
      <div class="toolbar-start">
        <ViewSwitch model={model} />
        <FindBox model={model} finder={finder} />
      </div>
      <div class="toolbar-end">
        <KeySelects model={model} />
        <ToggleButton
          icon="gitCommit"
          label="Critical path only"
          shortcut={keyWords('p')}
          pressed={options.onlyPath}
          onClick={() => model.setOptions({ onlyPath: !options.onlyPath })}
        />
        <ToggleButton
          icon="layers"
          label="Fold repeats into one row"
          shortcut={keyWords('r')}
          pressed={options.repeats}
          onClick={() => model.setOptions({ repeats: !options.repeats })}
        />
        {options.view === 'waterfall' ? <SqueezeToggle model={model} /> : null}
        <CollapseMenu model={model} />
        <HideMenu model={model} />
        <IconButton icon="keyboard" label="Show all keys (?)" onClick={onShowKeys} />
      </div>
    </div>
  );
}

/** Left and right go along the buttons (the toolbar pattern of the WAI-ARIA Authoring Practices). */
function moveAlong(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLButtonElement)) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(event.target);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}
