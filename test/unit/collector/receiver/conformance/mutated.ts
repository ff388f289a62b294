import * as fc from 'fast-check';

/** What is done to the bytes at `at`, a fraction of their length. */
export interface Mutation {
  readonly kind: 'replace' | 'insert' | 'remove' | 'repeat' | 'cut';
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** What parsers stumble over, in JSON, protobuf, HTTP and HTTP/2. */
const tokens = [
  ...[
    'null',
    '{}',
    '[]',
    '[',
    '"',
    '\\',
    '\\ud800',
    '1e999',
    '-0',
    '9'.repeat(40),
    'true',
    ',',
    ':',
    '\ufeff',
  ],
  ...['"__proto__":', '"spans":', '"traceId":1,', '"value":{"kvlistValue":'],
  ...['\r\n', '\r\n\r\n', '\n', '\0', 'Content-Length: 1\r\n', 'Transfer-Encoding: chunked\r\n', '0\r\n\r\n'],
  ...['Host: evil.example\r\n', 'Expect: 100-continue\r\n', 'Content-Encoding: gzip\r\n'],
].map(text => Buffer.from(text));
const patterns = [
  'ffffffffffffffffff01',
  '80808080808080808080',
  '0b',
  '0c',
  '0a00',
  '00000000000000000000',
  '1f8b08',
].map(hex => Buffer.from(hex, 'hex'));

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record<Mutation>({
    kind: fc.constantFrom('replace', 'insert', 'remove', 'repeat', 'cut'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc.constantFrom<Uint8Array[]>(...tokens, ...patterns),
    ),
  }),
  { minLength: 1, maxLength: 5 },
);

export function mutated(original: Uint8Array, all: readonly Mutation[]): Buffer {
  let result = Buffer.from(original);
  for (const { kind, at, bytes } of all) {
    const start = Math.floor(at * result.length);
    const before = result.subarray(0, start);
    const after = result.subarray(start);
    const rest = result.subarray(start + bytes.length);
    const parts = {
      replace: [before, bytes, rest],
      insert: [before, bytes, after],
      remove: [before, rest],
      repeat: [before, after, after],
      cut: [before],
    }[kind];
    result = Buffer.concat(parts);
  }
  return result;
}
