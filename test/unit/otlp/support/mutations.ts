import * as fc from 'fast-check';

/** Overwrites, inserts and removes of single bytes, and a cut at the end. */
export const mutations = fc.record({
  edits: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      byte: fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0, 0x7f, 0x80, 0xff, 0x0a, 0x12, 0x4a, 0x0b)),
      how: fc.constantFrom('overwrite', 'insert', 'remove'),
    }),
    { maxLength: 6 },
  ),
  keep: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
});
export type Mutations = typeof mutations extends fc.Arbitrary<infer T> ? T : never;

export function mutate(bytes: Uint8Array, { edits, keep }: Mutations): Uint8Array {
  const result = Array.from(bytes);
  for (const { at, byte, how } of edits) {
    const index = Math.floor(at * result.length);
    if (how === 'overwrite') result[index] = byte;
    else result.splice(index, how === 'remove' ? 1 : 0, ...(how === 'insert' ? [byte] : []));
  }
  return Uint8Array.from(result.slice(0, Math.ceil(keep * result.length)));
}
