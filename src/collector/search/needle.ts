/** V8 and Node look for up to this many bytes with memchr for the first, for more of them with a slower algorithm. */
const anchorBytes = 6;
/** The end of a value, shorter than that, may be rarer than what comes before it, which other values begin with, too. */
const leastAnchorBytes = 3;
const sampleBytes = 64 * 1024;
/** Compared in places where the anchor stands and the rest of the needle does not; a match costs about as much as this many bytes. */
const bytesPerMatch = 2000;
/** … and a place with the anchor's first byte as much as these. */
const bytesPerStop = 40;

/**
 * Bytes to look for in many stretches of bytes of one kind. Only a few of them are looked for, those that occur rarest
 * in a sample, which is several times faster than looking for all; the others are compared where those stand.
 */
export class Needle {
  private anchor: { readonly bytes: Uint8Array; readonly at: number } | undefined;

  constructor(private readonly bytes: Uint8Array) {}

  /** Every place in `hay`, ascending. */
  places(hay: Buffer): number[] {
    const { bytes } = this;
    const { bytes: anchor, at } = (this.anchor ??= rarestPart(bytes, hay.subarray(0, sampleBytes)));
    const places: number[] = [];
    for (let found = hay.indexOf(anchor, at); found >= 0; found = hay.indexOf(anchor, found + 1)) {
      const start = found - at;
      const end = start + bytes.length;
      if (end <= hay.length && hay.compare(bytes, 0, bytes.length, start, end) === 0) places.push(start);
    }
    return places;
  }
}

function rarestPart(bytes: Uint8Array, sample: Buffer): { bytes: Uint8Array; at: number } {
  const counts = new Uint32Array(256);
  for (const byte of sample) counts[byte] = (counts[byte] ?? 0) + 1;
  let best = { bytes, at: 0 };
  let least = Infinity;
  for (let at = 0; at + leastAnchorBytes <= bytes.length; at++) {
    const part = bytes.subarray(at, at + anchorBytes);
    let cost = (counts[part[0] ?? 0] ?? 0) * bytesPerStop;
    if (cost >= least) continue;
    for (
      let found = sample.indexOf(part);
      found >= 0 && cost < least;
      found = sample.indexOf(part, found + 1)
    )
      cost += bytesPerMatch;
    if (cost >= least) continue;
    least = cost;
    best = { bytes: part, at };
  }
  return best;
}
