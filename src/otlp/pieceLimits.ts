/** What a piece of a request is not added to any more. */
export interface PieceLimits {
  readonly items: number;
  readonly bytes: number;
}

/** In protobuf: so many spans, each of a trace of its own, take about 20 ms to store. */
export const protobufPiece: PieceLimits = { items: 1024, bytes: 1024 * 1024 };

/** In JSON: so many bytes, if they are empty objects all through, take about 30 ms to parse and convert. */
export const jsonPiece: PieceLimits = { items: 1024, bytes: 128 * 1024 };

/** The resource and the scope of a request in pieces come with each of them: they must be smaller than this, bytes. */
export const maxContextBytes = 256 * 1024;
