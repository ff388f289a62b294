import assert from 'node:assert/strict';
import { readLookup, type Lookup } from '../../../../src/collector/rpc/lookupText';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const span = '00f067aa0ba902b7';

describe('readLookup', () => {
  const cases: [text: string, expected: Omit<Lookup, 'lookedFor'> | undefined][] = [
    [trace, { traceId: trace }],
    [trace.toUpperCase(), { traceId: trace }],
    [`  "${trace}",\n`, { traceId: trace }],
    [`'${trace}'`, { traceId: trace }],
    [`0x${trace}`, { traceId: trace }],
    ['4bf92f35-77b3-4da6-a3ce-929d0e0e4736', { traceId: trace }],
    [`00-${trace}-${span}-01`, { traceId: trace, spanId: span }],
    [`traceparent: 00-${trace.toUpperCase()}-${span}-00`, { traceId: trace, spanId: span }],
    [`cc-${trace}-${span}-01-what-the-future-will-be-like`, { traceId: trace, spanId: span }],
    [`-H 'traceparent: 00-${trace}-${span}-01' http://localhost:8080/`, { traceId: trace, spanId: span }],
    [`00-${trace}-0000000000000000-01`, { traceId: trace }],
    [`http://localhost:16686/trace/${trace}?uiFind=${span}`, { traceId: trace }],
    [`2026-01-31 12:00:00 ERROR trace_id=${trace} span_id=${span} failed`, { traceId: trace }],
    [`level=error span_id=${span}`, { spanId: span, prefix: span }],
    [span, { spanId: span, prefix: span }],
    [span.toUpperCase(), { spanId: span, prefix: span }],
    ['4bf92f', { prefix: '4bf92f' }],
    ['4BF92F…', { prefix: '4bf92f' }],
    ['trace id: 4bf92f3', { prefix: '4bf92f3' }],
    ['{"traceId":"4bf92f3"}', { prefix: '4bf92f3' }],
    ['', undefined],
    ['4', undefined],
    ['checkout', undefined],
    ['GET /cart 500', undefined],
    ['0'.repeat(32), undefined],
    ['0'.repeat(16), { prefix: '0'.repeat(16) }],
    [`${trace}00`, undefined],
  ];
  for (const [text, expected] of cases)
    it(`${JSON.stringify(text)} ${expected ? `is ${JSON.stringify(expected)}` : 'is no id'}`, () => {
      const found = readLookup(text);
      if (!found) {
        assert.equal(expected, undefined);
        return;
      }
      const { lookedFor, ...rest } = found;
      assert.deepEqual(rest, expected);
      assert.match(lookedFor, /trace/);
    });
});
