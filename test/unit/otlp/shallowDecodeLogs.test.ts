import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeLogRecord } from '../../../src/otlp/decodeLogRecord';
import { encodeLogs } from '../../../src/otlp/encodeLogs';
import { LogScanner } from '../../../src/otlp/logScanner';
import { MalformedProtobufError } from '../../../src/otlp/malformedProtobufError';
import type { ProtobufWriter } from '../../../src/otlp/protobufWriter';
import { createLogBatch, shallowDecodeLogs } from '../../../src/otlp/shallowDecodeLogs';
import { arbitraryLogs } from './support/arbitraryLogs';
import { bytesOf, requestOf } from './support/encodedSpans';
import { decodeLogs, logRows } from './support/logRows';
import { mutate, mutations } from './support/mutations';
import { spanId, traceId } from './support/oneSpan';

describe('shallowDecodeLogs', () => {
  const none = { trace: '0'.repeat(32), span: '0'.repeat(16) };
  for (const { title, trace, span, expected } of [
    { title: 'no ids', trace: '', span: '', expected: none },
    { title: 'both ids', trace: traceId, span: spanId, expected: { trace: traceId, span: spanId } },
    { title: 'a trace id alone', trace: traceId, span: '', expected: { ...none, trace: traceId } },
    { title: 'ids of zeros', trace: none.trace, span: none.span, expected: none },
    { title: 'a trace id of 15 bytes', trace: traceId.slice(2), span: '', expected: none },
    { title: 'a trace id of 17 bytes', trace: `${traceId}ff`, span: '', expected: none },
    {
      title: 'a span id of 16 bytes',
      trace: traceId,
      span: traceId,
      expected: { ...none, trace: traceId },
    },
  ])
    it(`keeps a record with ${title}`, () => {
      const batch = decodeLogs(
        requestOf(writer => {
          writer.string(0x1a, 'INFO');
          if (trace !== '') writer.hex(0x4a, trace);
          if (span !== '') writer.hex(0x52, span);
        }),
      );
      assert.deepEqual(batch.rejected, []);
      const [row] = logRows(batch);
      assert.deepEqual({ trace: row?.traceId, span: row?.spanId }, expected);
      assert.equal(row?.record.traceId, expected.trace === none.trace ? '' : expected.trace);
      assert.equal(row.record.spanId, expected.span === none.span ? '' : expected.span);
    });

  it('takes the observed time where there is no other, whichever comes first', () => {
    for (const [time, observed, expected] of [
      [5_000_007n, 9_000_001n, [5000, 7]],
      [0n, 9_000_001n, [9000, 1]],
      [0n, 0n, [0, 0]],
    ] as const) {
      const fields = [
        (writer: ProtobufWriter) => writer.fixed64(0x09, time),
        (writer: ProtobufWriter) => writer.fixed64(0x59, observed),
      ];
      for (const ordered of [fields, fields.toReversed()]) {
        const batch = decodeLogs(requestOf(w => ordered.forEach(write => write(w))));
        assert.deepEqual([batch.micros[0], batch.nanos[0]], expected);
      }
    }
  });

  const bad: [title: string, write: (writer: ProtobufWriter) => void][] = [
    ['a body that runs past its end', w => w.copy(0x2a, bytesOf('0a 7f 61'))],
    ['a broken value deep in its body', w => w.copy(0x2a, bytesOf('2a 04 0a 02 0a 05'))],
    ['a broken attribute', w => w.copy(0x32, bytesOf('0a 7f 61'))],
    ['a group', w => w.varint(0x9b, 0)],
    ['a time of which a part is missing', w => w.varint(0x09, 1)],
  ];
  for (const [title, write] of bad)
    it(`leaves out a record with ${title} and keeps the others`, () => {
      const good = (writer: ProtobufWriter): void => writer.string(0x1a, 'INFO');
      const batch = decodeLogs(requestOf(good, write, good));
      assert.deepEqual(batch.rejected, [{ reason: 'malformed-log-record', count: 1 }]);
      assert.equal(batch.count, 2);
    });

  it('keeps an empty record, and skips fields it does not know and known ones of another type', () => {
    const odd = (writer: ProtobufWriter): void => {
      writer.fixed32(0x325, 7);
      writer.varint(0x48, 1); // trace_id as a varint
      writer.string(0x62, 'event');
    };
    const rows = logRows(decodeLogs(requestOf(() => undefined, odd)));
    assert.deepEqual(
      rows.map(({ record }) => [record.eventName, record.body, record.traceId]),
      [
        ['', null, ''],
        ['event', null, ''],
      ],
    );
  });

  it('takes what was erased of a deleted trace for no record', () => {
    const erased = (writer: ProtobufWriter): void => {
      writer.varint(0x10, 0);
      writer.varint(0x10, 0);
    };
    const severity = (writer: ProtobufWriter): void => {
      writer.varint(0x10, 0);
      writer.string(0x1a, 'INFO');
    };
    const batch = decodeLogs(requestOf(erased, severity));
    assert.deepEqual(batch.rejected, []);
    assert.deepEqual(
      logRows(batch).map(({ record }) => record.severityText),
      ['INFO'],
    );
  });

  it('takes no more records than one request may hold, and says how many were too many', () => {
    const many = 2 ** 20 + 5;
    const scope = Buffer.alloc(2 * many);
    for (let at = 0; at < scope.length; at += 2) scope[at] = 0x12;
    const request = requestAround(scope);
    const batch = createLogBatch(1);
    shallowDecodeLogs(request, batch);
    assert.equal(batch.count, 2 ** 20);
    assert.deepEqual(batch.rejected, [{ reason: 'too-many-log-records', count: 5 }]);
  });

  it('accepts of damaged records what decodeLogRecord decodes, and nothing else', () => {
    const encoded = arbitraryLogs
      .map(logs => {
        const { bytes, offset, length } = decodeLogs(encodeLogs(logs));
        return bytes.slice(offset[0] ?? 0, (offset[0] ?? 0) + (length[0] ?? 0));
      })
      .filter(bytes => bytes.length > 0);
    const outcomes = new Set<boolean>();
    fc.assert(
      fc.property(encoded, mutations, (record, how) => {
        const bytes = Buffer.from(mutate(record, how));
        const isTaken = new LogScanner(bytes, createLogBatch(1)).record(0, bytes.length, 0);
        assert.equal(isTaken, isDecoded(bytes));
        outcomes.add(isTaken);
      }),
      { numRuns: 800 },
    );
    assert.equal(outcomes.size, 2);
  });

  it('does no more than refuse damaged and arbitrary requests, and empties the batch then', () => {
    const batch = createLogBatch(4);
    const damaged = fc.tuple(arbitraryLogs, mutations).map(([logs, how]) => mutate(encodeLogs(logs), how));
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 300 })), bytes => {
        try {
          shallowDecodeLogs(bytes, batch);
          assert.equal(logRows(batch).length, batch.count);
        } catch (error) {
          assert.ok(error instanceof MalformedProtobufError, String(error));
          assert.deepEqual([batch.count, batch.groups, batch.rejected], [0, [], []]);
        }
      }),
      { numRuns: 800 },
    );
  });
});

function isDecoded(bytes: Uint8Array): boolean {
  try {
    decodeLogRecord(bytes);
    return true;
  } catch (error) {
    assert.ok(error instanceof MalformedProtobufError, String(error));
    return false;
  }
}

/** A request around the fields of one ScopeLogs. */
function requestAround(scope: Uint8Array): Uint8Array {
  let inner = scope;
  for (const tag of [0x12, 0x0a]) {
    const length = Buffer.from([
      tag,
      (inner.length & 0x7f) | 0x80,
      ((inner.length >> 7) & 0x7f) | 0x80,
      ((inner.length >> 14) & 0x7f) | 0x80,
      inner.length >> 21,
    ]);
    inner = Buffer.concat([length, inner]);
  }
  return inner;
}
