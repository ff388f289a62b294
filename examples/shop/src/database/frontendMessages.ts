const SSL_REQUEST = 80_877_103;
const GSS_ENCRYPTION_REQUEST = 80_877_104;

export type FrontendMessage =
  | { kind: 'encryption-request' }
  /** `endsBatch`: the server answers now (Query, Sync, or the startup message), and not before. */
  | { kind: 'message'; bytes: Uint8Array; endsBatch: boolean }
  | { kind: 'terminate' };

/** Cuts a client's bytes into messages (PostgreSQL documentation, "Frontend/Backend Protocol", Message Formats). */
export class FrontendMessages {
  #pending: Buffer = Buffer.alloc(0);
  #started = false;

  *read(chunk: Buffer): Generator<FrontendMessage> {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    for (;;) {
      // The first messages have no type byte, only a length (which counts itself) and a code.
      const typeBytes = this.#started ? 1 : 0;
      if (this.#pending.length < typeBytes + 4) return;
      const length = typeBytes + this.#pending.readInt32BE(typeBytes);
      if (this.#pending.length < length) return;
      const bytes = this.#pending.subarray(0, length);
      this.#pending = this.#pending.subarray(length);
      yield this.#started ? typed(bytes) : this.#first(bytes);
    }
  }

  #first(bytes: Buffer): FrontendMessage {
    const code = bytes.readInt32BE(4);
    if (code === SSL_REQUEST || code === GSS_ENCRYPTION_REQUEST) return { kind: 'encryption-request' };
    this.#started = true;
    return { kind: 'message', bytes, endsBatch: true };
  }
}

function typed(bytes: Buffer): FrontendMessage {
  const type = String.fromCharCode(bytes[0] ?? 0);
  if (type === 'X') return { kind: 'terminate' };
  return { kind: 'message', bytes, endsBatch: type === 'Q' || type === 'S' };
}
