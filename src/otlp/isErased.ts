/**
 * Whether the item in bytes[start, end) is what eraseTraces leaves of one: nothing but `filler` (a whole tag) with the
 * value 0. No sender writes that, for proto3 leaves out what has its default value.
 */
export function isErased(bytes: Uint8Array, start: number, end: number, filler: number): boolean {
  let at = start;
  while (at < end && bytes[at] === filler) {
    if (bytes[at + 1] === 0) at += 2;
    else if (bytes[at + 1] === 0x80 && bytes[at + 2] === 0) at += 3;
    else return false;
  }
  return at === end && end > start;
}
