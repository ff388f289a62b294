import type { KeyBinding } from './keyBinding';

export const helpKeys: readonly KeyBinding[] = [
  { keys: ['?'], does: 'Show all keys', group: 'Page', on: 'view', act: ({ showKeys }) => showKeys() },
];
