import type { KeyBinding } from './keyBinding';

export const linkKeys: readonly KeyBinding[] = [
  {
    keys: ['l'],
    does: 'Follow the link of the selected span',
    group: 'Page',
    on: 'view',
    act: ({ followLink }) => followLink(),
  },
  {
    keys: ['b'],
    does: 'Back to where a link was followed',
    group: 'Page',
    on: 'view',
    act: ({ back }) => back(),
  },
];
