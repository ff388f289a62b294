import assert from 'node:assert/strict';
import type { AttributeValue } from '../../../src/core/model/attributes';
import { nanoseconds } from '../../../src/core/model/nanoseconds';
import { SpanKind, type Span } from '../../../src/core/model/span';
import { categories } from '../../../src/core/semantics/category';
import { SpanFeature } from '../../../src/core/tree/spanTable';
import { encodeTraces } from '../../../src/otlp/encodeTraces';
import { decode } from './support/encodedSpans';
import { makeSpan, spanId, traceId, tracesOf } from './support/oneSpan';

describe('shallowDecode, of what a span carries,', () => {
  const features: { title: string; parts: Partial<Span>; expected: number }[] = [
    { title: 'nothing', parts: {}, expected: 0 },
    {
      title: 'an event',
      parts: {
        events: [{ time: nanoseconds(1n), name: 'cache miss', attributes: [], droppedAttributesCount: 0 }],
      },
      expected: SpanFeature.Events,
    },
    {
      title: 'an exception',
      parts: {
        events: [
          {
            time: nanoseconds(1n),
            name: 'exception',
            attributes: [{ key: 'exception.type', value: 'Error' }],
            droppedAttributesCount: 0,
          },
        ],
      },
      expected: SpanFeature.Events | SpanFeature.Exception,
    },
    {
      title: 'an event called exceptional',
      parts: {
        events: [{ time: nanoseconds(1n), name: 'exceptional', attributes: [], droppedAttributesCount: 0 }],
      },
      expected: SpanFeature.Events,
    },
    {
      title: 'a link',
      parts: {
        links: [{ traceId, spanId, traceState: '', attributes: [], droppedAttributesCount: 0, flags: 0 }],
      },
      expected: SpanFeature.Links,
    },
    {
      title: 'a code place',
      parts: { attributes: [{ key: 'code.file.path', value: 'a.ts' }] },
      expected: SpanFeature.Code,
    },
    {
      title: 'a code place by its older name',
      parts: { attributes: [{ key: 'code.filepath', value: 'a.ts' }] },
      expected: SpanFeature.Code,
    },
    { title: 'dropped attributes', parts: { droppedAttributesCount: 1 }, expected: SpanFeature.Dropped },
    { title: 'dropped events', parts: { droppedEventsCount: 2 }, expected: SpanFeature.Dropped },
    { title: 'dropped links', parts: { droppedLinksCount: 0xffff_ffff }, expected: SpanFeature.Dropped },
  ];
  for (const { title, parts, expected } of features) {
    it(`marks a span that carries ${title}`, () => {
      assert.equal(decode(encodeTraces(tracesOf(makeSpan(parts)))).features[0], expected);
    });
  }

  for (const { title, attributes, expected } of [
    { title: 'the last override that names a category', attributes: ['job', 'storage'], expected: 'storage' },
    {
      title: 'the other attributes where the override names none',
      attributes: ['job', 'bogus'],
      expected: 'database',
    },
    { title: 'the other attributes where the override is no text', attributes: [7n], expected: 'database' },
  ]) {
    it(`takes the category from ${title}`, () => {
      const span = makeSpan({
        kind: SpanKind.Client,
        attributes: [
          { key: 'db.system', value: 'sqlite' },
          ...attributes.map((value): { key: string; value: AttributeValue } => ({
            key: 'causeway.category',
            value,
          })),
        ],
      });
      assert.equal(categories[decode(encodeTraces(tracesOf(span))).category[0] ?? -1], expected);
    });
  }
});
