import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { countJsonItems } from '../../../src/otlp/countJsonItems';
import { countProtobufItems } from '../../../src/otlp/countProtobufItems';
import { InvalidJsonError } from '../../../src/otlp/invalidJsonError';
import { MalformedProtobufError } from '../../../src/otlp/malformedProtobufError';
import { metricsRequest } from '../../../src/otlp/requestShape';
import { encodeMetrics, metricKinds, metricsDocument } from './support/metricRequests';
import { fuzzBounds } from '../support/fuzz';

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
      assert.equal(countProtobufItems(encodeMetrics(document), metricsRequest), 5);
    });

  it('finds the data points of any mixture of metrics, in both encodings', () => {
    fc.assert(
      fc.property(someMetrics, metrics => {
        const document = metricsDocument(metrics);
        const expected = metrics.reduce((sum, { points }) => sum + points, 0);
        assert.equal(countJsonItems(document, metricsRequest), expected);
        const bytes = encodeMetrics(document);
        assert.equal(countProtobufItems(bytes, metricsRequest), expected);
      }),
    );
  });

  it('finds nothing in an empty request', () => {
    assert.equal(countProtobufItems(new Uint8Array(), metricsRequest), 0);
    assert.equal(countJsonItems({}, metricsRequest), 0);
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
    const known = encodeMetrics(metricsDocument([{ kind: 'sum', points: 1 }]));
    assert.equal(countProtobufItems(Buffer.concat([unknown, known]), metricsRequest), 1);
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
    const bytes = encodeMetrics(metricsDocument([{ kind: 'sum', points: 2 }]));
    for (let end = 1; end < bytes.length; end++)
      assert.throws(() => countProtobufItems(bytes.subarray(0, end), metricsRequest), MalformedProtobufError);
  });

  it('refuses a data point whose own fields run past its end', () => {
    const bytes = encodeMetrics(metricsDocument([{ kind: 'sum', points: 1 }]));
    // The value of the only data point, a tag and eight bytes; now a length that does not fit.
    const value = bytes.lastIndexOf(0x21);
    assert.ok(value > 0);
    bytes[value] = 0x22;
    bytes[value + 1] = 0x7f;
    assert.throws(() => countProtobufItems(bytes, metricsRequest), MalformedProtobufError);
  });

  it('does no more than refuse arbitrary bytes and damaged requests', () => {
    const damaged = fc
      .tuple(someMetrics, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 6 }))
      .map(([metrics, edits]) => {
        const bytes = encodeMetrics(metricsDocument(metrics));
        for (const [at, byte] of edits) if (bytes.length > 0) bytes[at % bytes.length] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), bytes => {
        try {
          const count = countProtobufItems(bytes, metricsRequest);
          // An empty message takes two bytes.
          assert.ok(count >= 0 && count * 2 <= bytes.length);
        } catch (error) {
          assert.ok(error instanceof MalformedProtobufError, String(error));
        }
      }),
      fuzzBounds(800),
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
