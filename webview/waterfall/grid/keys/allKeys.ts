import { errorKeys } from './errorKeys';
import { findKeys } from './findKeys';
import { helpKeys } from './helpKeys';
import type { KeyBinding } from './keyBinding';
import { lineKeys } from './lineKeys';
import { linkKeys } from './linkKeys';
import { rowKeys } from './rowKeys';
import { timeKeys } from './timeKeys';
import { viewKeys } from './viewKeys';

/** Every key of the waterfall. No key is in it twice. */
export const allKeys: readonly KeyBinding[] = [
  ...rowKeys,
  ...lineKeys,
  ...errorKeys,
  ...findKeys,
  ...timeKeys,
  ...linkKeys,
  ...viewKeys,
  ...helpKeys,
];
