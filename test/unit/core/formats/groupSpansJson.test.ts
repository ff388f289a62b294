import assert from 'node:assert/strict';
import { groupSpansJson } from '../../../../src/core/formats/groupSpansJson';
import type { SpanDetailJson } from '../../../../src/core/formats/otlpJson';

function detail(spanId: string, service: string, scope = 'http'): SpanDetailJson {
  return {
    traceId: 'ab'.repeat(16),
    spanId,
    parentSpanId: '',
    traceState: '',
    flags: 1,
    name: `span ${spanId}`,
    kind: 2,
    startTimeUnixNano: '1767225600000000123',
    endTimeUnixNano: '1767225600000000456',
    attributes: [{ key: 'n', value: { intValue: '9007199254740993' } }],
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: { code: 0, message: '' },
    resource: {
      attributes: [{ key: 'service.name', value: { stringValue: service } }],
      droppedAttributesCount: 0,
      schemaUrl: 'https://opentelemetry.io/schemas/1.37.0',
    },
    scope: { name: scope, version: '1', attributes: [], droppedAttributesCount: 0, schemaUrl: '' },
    service,
  };
}

describe('spans as an OTLP/JSON request', () => {
  it('are together by resource and scope, in their order', () => {
    const { resourceSpans } = groupSpansJson([
      detail('1', 'shop'),
      detail('2', 'cart'),
      detail('3', 'shop', 'db'),
      detail('4', 'shop'),
    ]);
    assert.deepEqual(
      resourceSpans.map(({ scopeSpans }) =>
        scopeSpans.map(({ scope, spans }) => [scope.name, ...spans.map(span => span.spanId)]),
      ),
      [
        [
          ['http', '1', '4'],
          ['db', '3'],
        ],
        [['http', '2']],
      ],
    );
    assert.equal(resourceSpans[0]?.schemaUrl, 'https://opentelemetry.io/schemas/1.37.0');
    assert.ok(!('schemaUrl' in resourceSpans[0].resource), 'OTLP has it beside the resource');
  });

  it('hold everything of the span itself, and nothing that OTLP does not know', () => {
    const given = detail('1', 'shop');
    const { resource, scope, service, ...bare } = given;
    const [first] = groupSpansJson([given]).resourceSpans;
    assert.deepEqual(first?.scopeSpans[0]?.spans, [bare]);
    assert.ok(resource.schemaUrl !== '' && scope.name !== '' && service === 'shop');
  });
});
