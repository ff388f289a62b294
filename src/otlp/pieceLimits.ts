/** What a piece of a request is not added to any more. */
export interface PieceLimits {
  readonly items: number;
  readonly bytes: number;
}

/** In protobuf: so many spans, each of a trace of its own, take about 20 ms to store. */
export const protobufPiece: PieceLimits = { items: 1024, bytes: 1024 * 1024 };

/** In JSON: so many bytes, if they are empty objects all through, take about 30 ms to parse and convert. */
export const jsonPiece: PieceLimits = { items: 1024, bytes: 128 * 1024 };

/**
 * The resource and the scope of a request in pieces come with each of them: what is longer than this, bytes, would have
 * the journal hold many times what was sent, or pieces that take long to store.
 */
export const maxContextBytes = 1024 * 1024;

/** With a resource and a scope longer than this, bytes, a piece has no more items, whatever that has repeated. */
export const longContext = { bytes: 256 * 1024, items: 8192 } as const;
