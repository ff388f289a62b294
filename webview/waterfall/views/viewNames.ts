import type { ViewOptions } from '../../../src/protocol/viewOptions';
import type { IconName } from '../../ui/icons';

export type ViewName = ViewOptions['view'];

/** The views of a trace, in the order of the switch. */
export const views: readonly { readonly view: ViewName; readonly label: string; readonly icon: IconName }[] =
  [
    { view: 'waterfall', label: 'Waterfall', icon: 'listTree' },
    { view: 'flame', label: 'Flame graph', icon: 'flame' },
    { view: 'table', label: 'Table', icon: 'table' },
    { view: 'json', label: 'JSON', icon: 'json' },
  ];

/** The view after this one, going around the end. */
export function nextView(view: ViewName): ViewName {
  const at = views.findIndex(({ view: name }) => name === view);
  return views[(at + 1) % views.length]?.view ?? 'waterfall';
}
