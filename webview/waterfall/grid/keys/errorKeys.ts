import type { KeyBinding } from './keyBinding';

export const errorKeys: readonly KeyBinding[] = [
  {
    keys: ['e'],
    does: 'Next error',
    group: 'Errors',
    on: 'jump',
    act: ({ model }) => model.moveToError(1),
  },
  {
    keys: ['E'],
    does: 'Previous error',
    group: 'Errors',
    on: 'jump',
    act: ({ model }) => model.moveToError(-1),
  },
];
