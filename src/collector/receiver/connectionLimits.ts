/** What one client may take of a receiver before it says anything useful; times in ms. */
export interface ConnectionLimits {
  /** For the head of a request, and for the first bytes of an HTTP/2 connection. */
  readonly headersTimeoutMs: number;
  /** For a request with its body. */
  readonly requestTimeoutMs: number;
  /** How often the two above are looked at. */
  readonly checkEveryMs: number;
  readonly maxConnections: number;
}

export const defaultConnectionLimits: ConnectionLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  checkEveryMs: 5000,
  maxConnections: 512,
};
