export interface ByteRange {
  start: number;
  end: number;
}

const noBytes = new Uint8Array(0);

/**
 * The bytes of an embedded message. Where a sender split it into several fields they are joined: protobuf merges them
 * by that rule (documentation, "Encoding", "Last One Wins").
 */
export function joinRanges(bytes: Uint8Array, ranges: readonly ByteRange[]): Uint8Array {
  const [first, ...others] = ranges;
  if (first === undefined) return noBytes;
  if (others.length === 0) return bytes.subarray(first.start, first.end);
  return Buffer.concat(ranges.map(({ start, end }) => bytes.subarray(start, end)));
}
