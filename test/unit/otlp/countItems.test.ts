import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { countJsonItems } from '../../../src/otlp/countJsonItems';
import { countProtobufItems } from '../../../src/otlp/countProtobufItems';
import { InvalidJsonError } from '../../../src/otlp/invalidJsonError';
import { MalformedProtobufError } from '../../../src/otlp/malformedProtobufError';
import { logsRequest, metricsRequest } from '../../../src/otlp/requestShape';
import { encodeDocument, logsDocument, metricKinds, metricsDocument } from './support/otherRequests';

const someMetrics = fc.array(
  fc.record({ kind: fc.constantFrom(...metricKinds), points: fc.nat({ max: 5 }) }),
  { maxLength: 8 },
);

describe('counting what a request holds', () => {
  for (const kind of metricKinds)
    it(`finds the data points in ${kind}, in both encodings`, () => {
      const document = metricsDocument([
        { kind, points: 3 },
        { kind, points: 0 },
        { kind, points: 2 },
      ]);
      assert.equal(countJsonItems(document, metricsRequest), 5);
      assert.equal(
        countProtobufItems(encodeDocument('ExportMetricsServiceRequest', document), metricsRequest),
        5,
      );
    });

  it('finds the data points of any mixture of metrics, in both encodings', () => {
    fc.assert(
      fc.property(someMetrics, metrics => {
        const document = metricsDocument(metrics);
        const expected = metrics.reduce((sum, { points }) => sum + points, 0);
        assert.equal(countJsonItems(document, metricsRequest), expected);
        const bytes = encodeDocument('ExportMetricsServiceRequest', document);
        assert.equal(countProtobufItems(bytes, metricsRequest), expected);
      }),
    );
  });

  it('finds log records, in both encodings', () => {
    const document = logsDocument(3, 0, 4);
    assert.equal(countJsonItems(document, logsRequest), 7);
    assert.equal(countProtobufItems(encodeDocument('ExportLogsServiceRequest', document), logsRequest), 7);
  });

  it('finds nothing in an empty request', () => {
    for (const shape of [metricsRequest, logsRequest]) {
      assert.equal(countProtobufItems(new Uint8Array(), shape), 0);
      assert.equal(countJsonItems({}, shape), 0);
    }
  });

  it('reads original names and null as the JSON mapping has them, and skips unknown fields', () => {
    const document = {
      unknown: 1,
      resource_metrics: [
        { resource: null, scope_metrics: [{ metrics: [{ gauge: { data_points: [{}, {}] }, sum: null }] }] },
      ],
    };
    assert.equal(countJsonItems(document, metricsRequest), 2);
    // Field 99, and field 1 as a varint where a message is expected.
    const unknown = Buffer.from('9a0603616263' + '0801', 'hex');
    const known = encodeDocument('ExportLogsServiceRequest', logsDocument(1));
    assert.equal(countProtobufItems(Buffer.concat([unknown, known]), logsRequest), 1);
  });

  for (const [what, document, says] of [
    ['a list', [1], /expected an object/],
    ['a list that is none', { resourceMetrics: {} }, /resourceMetrics.*expected an array/],
    [
      'a member of a list that is no object',
      { resourceMetrics: [1] },
      /resourceMetrics\[0\]: expected an object/,
    ],
    [
      'data that is no object',
      { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'a' }, { gauge: 7 }] }] }] },
      /resourceMetrics\[0\]\.scopeMetrics\[0\]\.metrics\[1\]\.gauge: expected an object/,
    ],
    [
      'a data point that is no object',
      { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ sum: { dataPoints: ['x'] } }] }] }] },
      /metrics\[0\]\.sum\.dataPoints\[0\]: expected an object/,
    ],
  ] as const)
    it(`refuses ${what}, and says where`, () => {
      assert.throws(
        () => countJsonItems(document, metricsRequest),
        error => error instanceof InvalidJsonError && says.test(error.message),
      );
    });

  it('refuses a request that is cut short, wherever a field is', () => {
    const bytes = encodeDocument(
      'ExportMetricsServiceRequest',
      metricsDocument([{ kind: 'sum', points: 2 }]),
    );
    for (let end = 1; end < bytes.length; end++)
      assert.throws(() => countProtobufItems(bytes.subarray(0, end), metricsRequest), MalformedProtobufError);
  });

  it('refuses a data point whose own fields run past its end', () => {
    const bytes = encodeDocument('ExportLogsServiceRequest', logsDocument(1));
    // The last field of the only record: its flags, a tag and four bytes; now as long as 64 bits.
    const flags = bytes.lastIndexOf(0x45);
    assert.ok(flags > 0);
    bytes[flags] = 0x41;
    assert.throws(() => countProtobufItems(bytes, logsRequest), MalformedProtobufError);
  });

  it('does no more than refuse arbitrary bytes and damaged requests', () => {
    const damaged = fc
      .tuple(someMetrics, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 6 }))
      .map(([metrics, edits]) => {
        const bytes = encodeDocument('ExportMetricsServiceRequest', metricsDocument(metrics));
        for (const [at, byte] of edits) if (bytes.length > 0) bytes[at % bytes.length] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), bytes => {
        for (const shape of [metricsRequest, logsRequest]) {
          try {
            const count = countProtobufItems(bytes, shape);
            // An empty message takes two bytes.
            assert.ok(count >= 0 && count * 2 <= bytes.length);
          } catch (error) {
            assert.ok(error instanceof MalformedProtobufError, String(error));
          }
        }
      }),
      { numRuns: 800 },
    );
  });

  it('does no more than refuse arbitrary JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (outer, inner) => {
        for (const document of [
          outer,
          { resourceMetrics: outer },
          { resourceMetrics: [{ scopeMetrics: inner }] },
        ])
          try {
            assert.ok(countJsonItems(document, metricsRequest) >= 0);
          } catch (error) {
            assert.ok(error instanceof InvalidJsonError, String(error));
          }
      }),
    );
  });
});
