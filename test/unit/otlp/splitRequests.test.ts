import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { tracesToJson } from '../../../src/core/formats/otlpJson';
import type { ResourceSpans } from '../../../src/core/model/span';
import { ByteList } from '../../../src/otlp/byteList';
import { decodeTraces } from '../../../src/otlp/decodeTraces';
import { encodeTraces } from '../../../src/otlp/encodeTraces';
import { InvalidJsonError } from '../../../src/otlp/invalidJsonError';
import { field } from '../../../src/otlp/jsonFields';
import { MalformedProtobufError } from '../../../src/otlp/malformedProtobufError';
import { parseOtlpJson } from '../../../src/otlp/parseOtlpJson';
import { jsonPiece } from '../../../src/otlp/pieceLimits';
import { splitJson } from '../../../src/otlp/splitJson';
import { isOnePiece, splitProtobuf } from '../../../src/otlp/splitProtobuf';
import { tracesFromJson } from '../../../src/otlp/tracesFromJson';
import { arbitraryTraces } from './support/arbitraryTraces';

const names = { byResource: field('resourceSpans'), byScope: field('scopeSpans'), items: field('spans') };
const limits = fc.record({ items: fc.integer({ min: 1, max: 3 }), bytes: fc.integer({ min: 1, max: 2000 }) });

/** Every span with what it belongs to, as text, in order. */
function spansOf(all: readonly ResourceSpans[]): string[] {
  const show = (value: unknown): string =>
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'bigint' ? `${part}n` : part instanceof Uint8Array ? [...part] : part,
    );
  return all.flatMap(({ resource, schemaUrl, scopeSpans }) =>
    scopeSpans.flatMap(scoped =>
      scoped.spans.map(span => show([resource, schemaUrl, scoped.scope, scoped.schemaUrl, span])),
    ),
  );
}

function jsonPieces(text: string, limit = jsonPiece): Uint8Array[] {
  const body = Buffer.from(text);
  return [...splitJson(body, names, limit)].flatMap(piece => (piece && 'text' in piece ? [piece.text] : []));
}

const noTurns = (piece: Uint8Array): boolean => piece.length > 0;

describe('a request in pieces', () => {
  it('holds the same spans of the same resources and scopes in the same order, in protobuf', () => {
    fc.assert(
      fc.property(arbitraryTraces, limits, (traces, limit) => {
        const pieces = [...splitProtobuf(encodeTraces(traces), limit)].map(piece => decodeTraces(piece));
        assert.deepEqual(spansOf(pieces.flatMap(piece => piece.resourceSpans)), spansOf(traces));
        for (const piece of pieces) assert.ok(spansOf(piece.resourceSpans).length <= limit.items * 1000);
      }),
      { numRuns: 300 },
    );
  });

  it('is not made of a request of few enough spans', () => {
    fc.assert(
      fc.property(arbitraryTraces, fc.integer({ min: 0, max: 8 }), (traces, most) =>
        assert.equal(isOnePiece(encodeTraces(traces), most), spansOf(traces).length <= most),
      ),
    );
  });

  it('holds the same in JSON, with white space or without', () => {
    fc.assert(
      fc.property(arbitraryTraces, limits, fc.boolean(), (traces, limit, spaced) => {
        const text = JSON.stringify(tracesToJson(traces), null, spaced ? '\t' : undefined);
        const whole = tracesFromJson(parseOtlpJson(Buffer.from(text))).resourceSpans;
        const pieces = jsonPieces(text, limit).map(piece => tracesFromJson(parseOtlpJson(piece)));
        assert.deepEqual(spansOf(pieces.flatMap(piece => piece.resourceSpans)), spansOf(whole));
      }),
      { numRuns: 300 },
    );
  });

  it('has no more spans than it may, in either encoding', () => {
    const json = JSON.stringify({
      resourceSpans: [{ resource: {}, scopeSpans: [{ spans: Array.from({ length: 5000 }, () => ({})) }] }],
    });
    assert.deepEqual(
      jsonPieces(json).map(piece => Buffer.from(piece).toString().split('{}').length - 2),
      [1024, 1024, 1024, 1024, 904],
    );
    const span = Buffer.from('1200', 'hex');
    const scope = Buffer.concat(Array.from({ length: 5000 }, () => span));
    const message = (tag: number, body: Buffer): Buffer =>
      Buffer.concat([Buffer.from([tag, (body.length & 0x7f) | 0x80, body.length >> 7]), body]);
    const pieces = [...splitProtobuf(message(0x0a, message(0x12, scope)))].filter(noTurns);
    assert.deepEqual(
      pieces.map(piece => decodeTraces(piece).rejected.reduce((sum, { count }) => sum + count, 0)),
      [1024, 1024, 1024, 1024, 904],
    );
  });

  it('takes the resource along, whatever comes first in the JSON', () => {
    const text =
      '\ufeff{"other":[1],"resource_spans":[{"scope_spans":[{"spans":[{"a":1},{"b":"]}\\""}],"scope":{"name":"x"}}],"resource":{"y":null}},' +
      '{"scopeSpans":null}],"resource\\u0053pans":[{"scopeSpans":[{"spans":[3]}]}]}';
    const pieces = jsonPieces(text, { items: 1, bytes: 1000 }).map(
      piece => JSON.parse(Buffer.from(piece).toString().replaceAll(',]', ']')) as unknown,
    );
    const context = (span: unknown): unknown => ({
      resourceSpans: [{ resource: { y: null }, scopeSpans: [{ scope: { name: 'x' }, spans: [span] }] }],
    });
    assert.deepEqual(pieces, [
      context({ a: 1 }),
      context({ b: ']}"' }),
      { resourceSpans: [{ scopeSpans: [{ spans: [3] }] }] },
    ]);
  });

  for (const text of [
    '',
    '[]',
    '{',
    '{"resourceSpans"}',
    '{"resourceSpans":1}',
    '{"resourceSpans":[1]}',
    '{"resourceSpans":[{"scopeSpans":{}}]}',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[}]}]}',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{]}]}]}',
    '{"resourceSpans":[{}{}]}',
    '{"resourceSpans":[]} x',
    '{"resourceSpans":[{"a":"',
    '{"resourceSpans":[{"a":"\\',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[*]}]}]}',
  ])
    it(`is not made of ${JSON.stringify(text)}`, () => {
      assert.throws(() => jsonPieces(text), InvalidJsonError);
    });

  it('is not made of damaged protobuf', () => {
    for (const hex of ['0a05', '0a020a05', '0a0412021205', '0b'])
      assert.throws(() => [...splitProtobuf(Buffer.from(hex, 'hex'))], MalformedProtobufError, hex);
  });

  it('ends in an error and nothing else, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
        for (const split of [
          () => [...splitProtobuf(bytes)],
          () => [...splitJson(Buffer.from(bytes), names)],
        ])
          try {
            split();
          } catch (error) {
            assert.ok(error instanceof InvalidJsonError || error instanceof MalformedProtobufError);
          }
      }),
      { numRuns: 2000 },
    );
  });

  it('costs no more memory than its bytes: floods of small lists and of parts of one span are refused', () => {
    const flood = (item: string, count: number): string => Array.from({ length: count }, () => item).join();
    for (const text of [
      `{"resourceSpans":[${flood('{}', 200_000)}]}`,
      `{"resourceSpans":[{"scopeSpans":[${flood('{}', 200_000)}]}]}`,
      `{"resourceSpans":[{"scopeSpans":[{"spans":[${flood('1', 1_100_000)}]}]}]}`,
      `{"resourceSpans":[{"scopeSpans":[{"spans":[[${flood('1', 300_000)}]]}]}]}`,
      `{"resourceSpans":[{"scopeSpans":[{"spans":[${'['.repeat(300_000)}`,
    ])
      assert.throws(() => jsonPieces(text), /more than \d+/, text.slice(0, 60));
  });

  it('repeats a resource only where that does not outweigh the spans', () => {
    const [resource, scope, request] = [new ByteList(), new ByteList(), new ByteList()];
    for (let count = 0; count < 100_000; count++) scope.add(Buffer.from([0x12, 0]));
    resource.addMessage(0x0a, [Buffer.alloc(100_000, Buffer.from([0x20, 1]))]);
    resource.addMessage(0x12, [scope]);
    request.addMessage(0x0a, [resource]);
    const pieces = [...splitProtobuf(request.join())].filter(noTurns);
    const total = pieces.reduce((sum, { length }) => sum + length, 0);
    assert.ok(pieces.length > 1 && total < 2.2 * request.length, `${pieces.length} pieces, ${total} bytes`);
  });
});
