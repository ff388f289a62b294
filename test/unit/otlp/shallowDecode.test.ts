import assert from 'node:assert/strict';
import { parseSpanId, parseTraceId } from '../../../src/core/model/ids';
import { nanoseconds } from '../../../src/core/model/nanoseconds';
import { SpanKind, StatusCode } from '../../../src/core/model/span';
import { decodeSpan } from '../../../src/otlp/decodeSpan';
import { encodeTraces } from '../../../src/otlp/encodeTraces';
import { MalformedProtobufError } from '../../../src/otlp/malformedProtobufError';
import { ProtobufWriter } from '../../../src/otlp/protobufWriter';
import { shallowDecode } from '../../../src/otlp/shallowDecode';
import { bytesOf, decode, requestOf } from './support/encodedSpans';
import { batchRows } from './support/batchRows';
import { makeSpan, spanId, traceId, tracesOf } from './support/oneSpan';

describe('shallowDecode', () => {
  it('reads ids, exact times, kind, status, name and flags', () => {
    const span = makeSpan({
      parentSpanId: parseSpanId('00f067aa0ba902b7')!,
      kind: SpanKind.Client,
      status: { code: StatusCode.Error, message: 'timeout' },
      flags: 0x301,
    });
    const [row] = batchRows(decode(encodeTraces(tracesOf(span))));
    assert.equal(row?.traceId, traceId);
    assert.equal(row.spanId, spanId);
    assert.equal(row.parentId, '00f067aa0ba902b7');
    assert.equal(row.startMicros, 1_760_000_000_000_000);
    assert.equal(row.startNanos, 123);
    assert.equal(row.duration, 500_333);
    assert.equal(row.kind, 3);
    assert.equal(row.status, 2);
    assert.equal(row.name, 'GET /cart');
    assert.equal(row.flags, 0x301);
    assert.equal(row.service, 'cart');
  });

  it('gives a negative duration to a span that ends before it starts', () => {
    const span = makeSpan({ start: nanoseconds(1000n), end: nanoseconds(400n) });
    assert.equal(decode(encodeTraces(tracesOf(span))).duration[0], -600);
  });

  const invalid: { title: string; reason: string; write: (writer: ProtobufWriter) => void }[] = [
    { title: 'no trace id', reason: 'invalid-trace-id', write: w => w.hex(0x12, spanId) },
    {
      title: 'a trace id of zeros',
      reason: 'invalid-trace-id',
      write: w => {
        w.hex(0x0a, '0'.repeat(32));
        w.hex(0x12, spanId);
      },
    },
    {
      title: 'a trace id of 15 bytes',
      reason: 'invalid-trace-id',
      write: w => {
        w.hex(0x0a, traceId.slice(2));
        w.hex(0x12, spanId);
      },
    },
    {
      title: 'a trace id of 17 bytes',
      reason: 'invalid-trace-id',
      write: w => {
        w.hex(0x0a, `${traceId}ff`);
        w.hex(0x12, spanId);
      },
    },
    { title: 'no span id', reason: 'invalid-span-id', write: w => w.hex(0x0a, traceId) },
    {
      title: 'a span id of zeros',
      reason: 'invalid-span-id',
      write: w => {
        w.hex(0x0a, traceId);
        w.hex(0x12, '0'.repeat(16));
      },
    },
    {
      title: 'a span id of 16 bytes',
      reason: 'invalid-span-id',
      write: w => {
        w.hex(0x0a, traceId);
        w.hex(0x12, traceId);
      },
    },
    {
      title: 'an attribute that runs past its end',
      reason: 'malformed-span',
      write: w => {
        w.hex(0x0a, traceId);
        w.hex(0x12, spanId);
        w.copy(0x4a, bytesOf('0a 7f 61'));
      },
    },
    {
      title: 'a group',
      reason: 'malformed-span',
      write: w => {
        w.hex(0x0a, traceId);
        w.hex(0x12, spanId);
        w.varint(0x9b, 0);
      },
    },
    {
      title: 'a broken value deep in a list',
      reason: 'malformed-span',
      write: w => {
        w.hex(0x0a, traceId);
        w.hex(0x12, spanId);
        w.copy(0x4a, bytesOf('12 06 2a 04 0a 02 0a 05'));
      },
    },
    {
      title: 'a broken event',
      reason: 'malformed-span',
      write: w => {
        w.hex(0x0a, traceId);
        w.hex(0x12, spanId);
        w.copy(0x5a, bytesOf('09 00'));
      },
    },
    {
      title: 'a broken link',
      reason: 'malformed-span',
      write: w => {
        w.hex(0x0a, traceId);
        w.hex(0x12, spanId);
        w.copy(0x6a, bytesOf('0a 10 00'));
      },
    },
    {
      title: 'a broken status',
      reason: 'malformed-span',
      write: w => {
        w.hex(0x0a, traceId);
        w.hex(0x12, spanId);
        w.copy(0x7a, bytesOf('18 ff'));
      },
    },
  ];
  for (const { title, reason, write } of invalid) {
    it(`leaves out a span with ${title} and keeps the others`, () => {
      const good = (writer: ProtobufWriter): void => {
        writer.hex(0x0a, traceId);
        writer.hex(0x12, spanId);
        writer.string(0x2a, 'good');
      };
      const batch = decode(requestOf(good, write, good));
      assert.deepEqual(batch.rejected, [{ reason, count: 1 }]);
      assert.deepEqual(
        batchRows(batch).map(row => row.name),
        ['good', 'good'],
      );
    });
  }

  for (const { title, parent } of [
    { title: 'empty', parent: '' },
    { title: 'all zero', parent: '0'.repeat(16) },
    { title: 'of a wrong length', parent: '00f067aa0ba902' },
    { title: 'a trace id', parent: traceId },
  ]) {
    it(`keeps a span whose parent id is ${title}, as a root`, () => {
      const batch = decode(
        requestOf(w => {
          w.hex(0x0a, traceId);
          w.hex(0x12, spanId);
          w.hex(0x22, parent);
        }),
      );
      const [row] = batchRows(batch);
      assert.equal(row?.parentId, '0'.repeat(16));
      assert.equal(row.span.parentSpanId, '');
    });
  }

  for (const { title, bytes } of [
    { title: 'a length that runs past the end', bytes: bytesOf('0a 05 12') },
    { title: 'a length of 2^63', bytes: bytesOf('0a 80 80 80 80 80 80 80 80 80 01') },
    { title: 'a varint without an end', bytes: bytesOf('ff ff ff ff ff ff ff ff ff ff ff') },
    { title: 'field number 0', bytes: bytesOf('02 00') },
    { title: 'a group', bytes: bytesOf('0b 0c') },
    { title: 'wire type 7', bytes: bytesOf('0f 00') },
    { title: 'a ScopeSpans longer than its ResourceSpans', bytes: bytesOf('0a 02 12 05 00 00 00 00 00') },
    { title: 'a broken resource', bytes: bytesOf('0a 05 0a 03 0a 05 00') },
    { title: 'a broken scope', bytes: bytesOf('0a 06 12 04 0a 02 0a 05') },
    { title: 'text', bytes: Buffer.from('{"resourceSpans": []}') },
  ]) {
    it(`refuses a request with ${title} as a whole and empties the batch`, () => {
      const batch = decode(encodeTraces(tracesOf(makeSpan())));
      assert.throws(() => shallowDecode(bytes, batch), MalformedProtobufError);
      assert.equal(batch.count, 0);
      assert.deepEqual(batch.groups, []);
      assert.deepEqual(batch.rejected, []);
    });
  }

  it('takes an empty request, and one of empty parts, as one without spans', () => {
    for (const hex of ['', '0a 00', '0a 02 12 00', '0a 06 0a 00 12 02 0a 00']) {
      const batch = decode(bytesOf(hex));
      assert.equal(batch.count, 0, hex);
      assert.deepEqual(batch.groups, [], hex);
    }
  });

  it('skips fields it does not know, and known ones of another wire type', () => {
    const batch = decode(
      requestOf(w => {
        w.fixed32(0x325, 7);
        w.fixed64(0x321, 7n);
        w.varint(0x320, 300);
        w.copy(0x322, bytesOf('ff ff'));
        w.varint(0x28, 1); // name as a varint
        w.hex(0x0a, traceId);
        w.hex(0x12, spanId);
      }),
    );
    assert.deepEqual(batch.rejected, []);
    assert.equal(batch.count, 1);
    assert.equal(batch.name[0], '');
  });

  it('lets the last of repeated single fields win', () => {
    const batch = decode(
      requestOf(w => {
        for (const name of ['first', 'last']) {
          w.hex(0x0a, traceId);
          w.hex(0x12, spanId);
          w.string(0x2a, name);
        }
      }),
    );
    assert.equal(batch.name[0], 'last');
  });

  it('joins a resource and a scope that come in pieces, before or after the spans', () => {
    const writer = new ProtobufWriter();
    const attribute = (key: string, value: string) => () => {
      writer.message(0x0a, () => {
        writer.string(0x0a, key);
        writer.message(0x12, () => writer.string(0x0a, value));
      });
    };
    writer.message(0x0a, () => {
      writer.message(0x0a, attribute('service.name', 'cart'));
      writer.message(0x12, () => {
        writer.message(0x0a, () => writer.string(0x0a, 'scope'));
        writer.message(0x12, () => {
          writer.hex(0x0a, traceId);
          writer.hex(0x12, spanId);
        });
        writer.message(0x0a, () => writer.string(0x12, '2.0'));
        writer.string(0x1a, 'scope-url');
      });
      writer.message(0x0a, attribute('host.name', 'box'));
      writer.string(0x1a, 'resource-url');
    });
    const [row] = batchRows(decode(writer.finish()));
    assert.deepEqual(row?.resource.attributes, [
      { key: 'service.name', value: 'cart' },
      { key: 'host.name', value: 'box' },
    ]);
    assert.equal(row.service, 'cart');
    assert.equal(row.resourceSchemaUrl, 'resource-url');
    assert.equal(row.scope.name, 'scope');
    assert.equal(row.scope.version, '2.0');
    assert.equal(row.scopeSchemaUrl, 'scope-url');
  });

  it('forgets the previous request', () => {
    const batch = decode(requestOf(w => w.hex(0x12, spanId)));
    assert.equal(batch.rejected.length, 1);
    shallowDecode(encodeTraces(tracesOf(makeSpan({ name: 'second' }))), batch);
    assert.deepEqual(batch.rejected, []);
    assert.equal(batch.groups.length, 1);
    assert.deepEqual(
      batchRows(batch).map(row => row.name),
      ['second'],
    );
  });

  it('tells names apart that are long, alike or not UTF-8', () => {
    const names = [
      '',
      'a',
      'b',
      'x'.repeat(127),
      'x'.repeat(128),
      'x'.repeat(129),
      `${'x'.repeat(128)}y`,
      'ä€😀',
      'a',
    ];
    const spans = names.map((name, i) =>
      makeSpan({ spanId: parseSpanId((i + 1).toString(16).padStart(16, '0'))!, name }),
    );
    const request = encodeTraces(tracesOf(...spans));
    for (let time = 0; time < 2; time++)
      assert.deepEqual(
        batchRows(decode(request)).map(row => row.name),
        names,
      );
    const broken = decode(
      requestOf(w => {
        w.hex(0x0a, traceId);
        w.hex(0x12, spanId);
        w.copy(0x2a, bytesOf('61 ff 62'));
      }),
    );
    assert.equal(broken.name[0], 'a\ufffdb');
  });

  it('reads a request that lies inside a larger buffer', () => {
    const request = encodeTraces(tracesOf(makeSpan()));
    const larger = Buffer.concat([Buffer.alloc(13, 0xff), request, Buffer.alloc(5, 0xff)]);
    const [row] = batchRows(decode(larger.subarray(13, 13 + request.length)));
    assert.deepEqual(row?.span, makeSpan());
  });

  it('reads the same span wherever decodeSpan reads it', () => {
    const batch = decode(encodeTraces(tracesOf(makeSpan({ traceId: parseTraceId('f'.repeat(32))! }))));
    const bytes = batch.bytes.subarray(batch.offset[0], (batch.offset[0] ?? 0) + (batch.length[0] ?? 0));
    assert.equal(decodeSpan(bytes).traceId, 'f'.repeat(32));
    assert.equal(batch.traceId0[0], 0xffff_ffff);
  });
});
