import { randomBytes } from 'node:crypto';

/** Unknown to senders, so that nobody can choose ids that all land in one slot of a table. */
export const hashSeed = randomBytes(4).readUInt32LE();

/** The finaliser of MurmurHash3: every bit of the result depends on every bit of `value`. */
export function mixHash(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
