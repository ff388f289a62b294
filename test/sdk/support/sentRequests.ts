import { gunzipSync } from 'node:zlib';

/** An HTTP/1.1 request as a client sent it; header names in lower case. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  /** Without chunks and gzip. */
  readonly body: Buffer;
}

/** The whole requests at the start of what came over a connection. */
export function parseRequests(bytes: Buffer): SentRequest[] {
  const requests: SentRequest[] = [];
  let rest = bytes;
  for (let end = rest.indexOf('\r\n\r\n'); end >= 0; end = rest.indexOf('\r\n\r\n')) {
    const [first = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n');
    const [method = '', path = ''] = first.split(' ');
    const headers = new Map(
      lines.map(line => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    );
    const after = rest.subarray(end + 4);
    const { body, length } =
      headers.get('transfer-encoding') === 'chunked'
        ? unchunked(after)
        : plain(after, Number(headers.get('content-length') ?? 0));
    if (length > after.length) break;
    const isGzip = headers.get('content-encoding') === 'gzip';
    requests.push({ method, path, headers, body: isGzip ? gunzipSync(body) : body });
    rest = after.subarray(length);
  }
  return requests;
}

function plain(bytes: Buffer, length: number): { body: Buffer; length: number } {
  return { body: bytes.subarray(0, length), length };
}

/** RFC 9112, section 7.1, without trailers. `length` is Infinity where the end is missing. */
function unchunked(bytes: Buffer): { body: Buffer; length: number } {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return { body: Buffer.concat(chunks), length: Infinity };
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    const start = lineEnd + 2;
    if (size === 0) return { body: Buffer.concat(chunks), length: start + 2 };
    chunks.push(bytes.subarray(start, start + size));
    at = start + size + 2;
  }
}
