import { errorKeys } from './errorKeys';
import { helpKeys } from './helpKeys';
import type { KeyBinding } from './keyBinding';
import { lineKeys } from './lineKeys';
import { rowKeys } from './rowKeys';
import { timeKeys } from './timeKeys';
import { viewKeys } from './viewKeys';

/** Every key of the waterfall. No key is in it twice. */
export const allKeys: readonly KeyBinding[] = [
  ...rowKeys,
  ...lineKeys,
  ...errorKeys,
  ...timeKeys,
  ...viewKeys,
  ...helpKeys,
];
