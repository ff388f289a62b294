import { nextView } from '../../views/viewNames';
import type { KeyBinding } from './keyBinding';

export const viewKeys: readonly KeyBinding[] = [
  {
    keys: ['v'],
    does: 'Next view of the trace',
    group: 'Page',
    on: 'view',
    act: ({ model }) => model.setOptions({ view: nextView(model.options.view) }),
  },
];
