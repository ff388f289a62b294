import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A response as it came over the wire; header names in lower case. */
export interface RawResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** A connection that says exactly what it is told to, and reads responses one by one. */
export class RawHttp {
  private received = Buffer.alloc(0);
  private isClosed = false;
  private wake: () => void = () => undefined;

  private constructor(readonly socket: Socket) {
    socket.on('data', chunk => {
      this.received = Buffer.concat([this.received, chunk]);
      this.wake();
    });
    // The other end may reset: what came before that is what counts.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isClosed = true;
      this.wake();
    });
  }

  static async open(port: number, host = '127.0.0.1'): Promise<RawHttp> {
    const socket = connect(port, host);
    await once(socket, 'connect');
    return new RawHttp(socket);
  }

  /** `\n` becomes CRLF in a text. */
  write(text: string | Uint8Array): void {
    this.socket.write(typeof text === 'string' ? text.replaceAll('\n', '\r\n') : text);
  }

  /** The next response, interim ones included. `toHead`: one without a body whatever its Content-Length says. */
  async response({ toHead = false }: { toHead?: boolean } = {}): Promise<RawResponse> {
    const headEnd = await this.until(() => this.received.indexOf('\r\n\r\n'));
    const [statusLine = '', ...lines] = this.received.subarray(0, headEnd).toString('latin1').split('\r\n');
    const headers = new Map(
      lines.map(line => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    );
    const length = toHead ? 0 : Number(headers.get('content-length') ?? 0);
    const end = headEnd + 4 + length;
    await this.until(() => (this.received.length >= end ? 0 : -1));
    const body = this.received.subarray(headEnd + 4, end);
    this.received = this.received.subarray(end);
    return { status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]), headers, body };
  }

  /** Waits until the other end has closed; answers what came that nobody read. */
  async closed(): Promise<Buffer> {
    while (!this.isClosed) await new Promise<void>(resolve => (this.wake = resolve));
    return this.received;
  }

  destroy(): void {
    this.socket.destroy();
  }

  private async until(found: () => number): Promise<number> {
    for (;;) {
      const at = found();
      if (at >= 0) return at;
      if (this.isClosed) throw new Error(`closed after ${JSON.stringify(this.received.toString('latin1'))}`);
      await new Promise<void>(resolve => (this.wake = resolve));
    }
  }
}

/** One request on a connection of its own. */
export async function exchange(
  port: number,
  head: string,
  body: string | Uint8Array = '',
): Promise<RawResponse> {
  const connection = await RawHttp.open(port);
  try {
    connection.write(head);
    connection.socket.write(body);
    return await connection.response({ toHead: head.startsWith('HEAD ') });
  } finally {
    connection.destroy();
  }
}

/** The head of a POST of `body` to /v1/traces. */
export function postHead(
  body: string | Uint8Array,
  headers: string,
  path = '/v1/traces',
  host = 'localhost',
): string {
  return `POST ${path} HTTP/1.1\nHost: ${host}\nContent-Length: ${Buffer.byteLength(body)}\n${headers}\n\n`;
}
