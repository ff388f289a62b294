import type { VNode } from 'preact';
import { formatDuration } from '../../../src/core/time/formatDuration';
import { MenuButton, type MenuItem } from '../../ui/MenuButton';
import { spanText } from '../../ui/text/spanText';
import { hideOperation, hideService, isHiding, showAll, withoutService } from '../model/hiding';
import { nameAt, serviceAt } from '../model/traceFacts';
import type { WaterfallModel } from '../model/waterfallModel';
import { keyWords } from '../text/keyWords';

/** ns */
const durations = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];

/** More services than a menu is good for are hidden from their spans. */
const mostServices = 20;

/** Hides what the reader does not want to see, or shows one span with what is below it. */
export function HideMenu({ model }: { readonly model: WaterfallModel }): VNode {
  const items = (): MenuItem[] => [
    ...ofSelection(model),
    ...durations
      .filter(shortest => shortest < model.columns.duration)
      .map((shortest, i) => ofDuration(model, shortest, i === 0)),
    ...ofServices(model),
    {
      label: 'Show Everything',
      apart: true,
      disabled: !isHiding(model.options),
      run: () => showAll(model),
    },
  ];
  return <MenuButton icon="eyeClosed" label="Hide spans" items={items} active={isHiding(model.options)} />;
}

function ofSelection(model: WaterfallModel): MenuItem[] {
  const row = model.selected;
  const back: MenuItem = {
    label: 'Back to the Whole Trace',
    shortcut: keyWords('O'),
    disabled: model.options.root === undefined,
    run: () => model.setOptions({ root: undefined }),
  };
  if (row < 0) return [back];
  const name = spanText(nameAt(model.columns, row));
  const service = spanText(serviceAt(model.columns, row));
  return [
    {
      label: `Show “${name}” as the Root`,
      shortcut: keyWords('o'),
      run: () => model.setOptions({ root: model.selectedSpanId }),
    },
    back,
    {
      label: `Hide Service “${service}”`,
      apart: true,
      shortcut: keyWords('h'),
      run: () => hideService(model, row),
    },
    {
      label: `Hide All “${name}” of ${service}`,
      shortcut: keyWords('H'),
      run: () => hideOperation(model, row),
    },
  ];
}

function ofDuration(model: WaterfallModel, shortest: number, apart: boolean): MenuItem {
  const { hidden } = model.options;
  const checked = hidden.shorterThan === shortest;
  return {
    label: `Hide Shorter Than ${formatDuration(shortest)}`,
    checked,
    apart,
    run: () => model.setOptions({ hidden: { ...hidden, shorterThan: checked ? 0 : shortest } }),
  };
}

function ofServices(model: WaterfallModel): MenuItem[] {
  const { hidden } = model.options;
  const { services } = model.facts;
  if (services.length < 2 || services.length > mostServices) return [];
  return services.map(({ name }, i) => {
    const shown = !hidden.services.includes(name);
    return {
      label: `Service ${spanText(name)}`,
      checked: shown,
      apart: i === 0,
      run: () =>
        model.setOptions({
          hidden: shown ? { ...hidden, services: [...hidden.services, name] } : withoutService(hidden, name),
        }),
    };
  });
}
