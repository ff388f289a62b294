import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { SpanKind } from '../../../src/core/model/span';
import { networkGap } from '../../../webview/waterfall/model/networkGap';
import { markWords } from '../../../webview/waterfall/text/markWords';
import { trace, type SpanFields } from '../../fixtures/traces';

/** A Client span from 0 to 100, and a span below it in another service. */
const call = (below: SpanFields) =>
  buildTraceColumns(
    'ab'.repeat(16),
    trace([
      'GET /',
      { kind: SpanKind.Client, end: 100 },
      [['handle', { kind: SpanKind.Server, service: 'server', ...below }]],
    ]),
  );

describe('the network between a caller and a server', () => {
  const cases: readonly (readonly [what: string, below: SpanFields, gap: ReturnType<typeof networkGap>])[] = [
    [
      'is what the caller waits before and after the server',
      { start: 10, end: 95 },
      { there: { start: 0, end: 10 }, back: { start: 95, end: 100 } },
    ],
    [
      'is only on the way there where both end together',
      { start: 10, end: 100 },
      { there: { start: 0, end: 10 }, back: undefined },
    ],
    ['is none where the server takes all of the time', { start: 0, end: 100 }, undefined],
    ['is none within a service', { start: 10, end: 90, service: 'shop' }, undefined],
    ['is none to a span that is no Server', { start: 10, end: 90, kind: SpanKind.Internal }, undefined],
  ];
  for (const [what, below, gap] of cases) it(what, () => assert.deepEqual(networkGap(call(below), 1), gap));

  it('is said in words', () => {
    assert.deepEqual(markWords(call({ start: 10, end: 95 }), 1), ['network 10 ns there and 5 ns back']);
  });
});
