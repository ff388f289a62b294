import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { SpanFeature } from '../../../src/core/tree/spanTable';
import { EventMarks } from '../../../webview/waterfall/events/eventMarks';
import { WaterfallModel } from '../../../webview/waterfall/model/waterfallModel';
import type { Ask } from '../../../webview/waterfall/pageContext';
import { trace, type SpanSpec } from '../../fixtures/traces';

const withEvents = (name: string): SpanSpec => [name, { features: SpanFeature.Events }];
const columns = buildTraceColumns(
  'ab'.repeat(16),
  trace(['root', {}, [withEvents('a'), withEvents('b'), ['c']]]),
);

/** Marks whose questions are answered with one event a span, and the questions so far. */
function setUp(fails = false) {
  const asked: unknown[] = [];
  const ask = ((_: string, params: { spanIds: string[] }) => {
    asked.push(params.spanIds);
    if (fails) return Promise.reject(new Error('The collector is away.'));
    const events = [{ timeUnixNano: '1767225600000000150', name: 'exception' }];
    const spans = params.spanIds.map(spanId => ({ spanId, events, more: 0 }));
    return Promise.resolve({ result: { spans } });
  }) as unknown as Ask;
  const model = new WaterfallModel(columns);
  let told: () => void = () => undefined;
  const arrived = () => new Promise<void>(done => (told = done));
  const marks = new EventMarks(model, ask, () => told());
  return { model, marks, asked, arrived };
}

describe('the events of spans in view', () => {
  const [a, b] = ['0000000200000002', '0000000300000003'];

  it('are asked for once, of spans that have some', async () => {
    const { marks, asked, arrived } = setUp();
    const done = arrived();
    marks.want([0, 1, 2, 3]);
    assert.deepEqual(marks.of(1), []);
    await done;
    marks.want([0, 1, 2, 3]);
    assert.deepEqual(asked, [[a, b]]);
    assert.deepEqual(marks.of(1), [{ time: 1767225600000000150n, name: 'exception', exception: true }]);
    assert.deepEqual(marks.of(3), []);
    marks.dispose();
  });

  it('are those of the rows that stay in view, not of those that were scrolled past', async () => {
    const { marks, asked, arrived } = setUp();
    const done = arrived();
    marks.want([1]);
    marks.want([2]);
    await done;
    assert.deepEqual(asked, [[b]]);
    marks.dispose();
  });

  it('are asked for anew when the trace has grown, and stay until the answer', async () => {
    const { model, marks, asked, arrived } = setUp();
    let done = arrived();
    marks.want([1]);
    await done;
    model.update(columns);
    assert.equal(marks.of(1).length, 1);
    done = arrived();
    marks.want([1]);
    await done;
    assert.equal(asked.length, 2);
    marks.dispose();
  });

  it('are not asked for again and again where the collector does not answer', async () => {
    const { marks, asked, arrived } = setUp(true);
    const done = arrived();
    marks.want([1]);
    await done;
    marks.want([1]);
    await new Promise(later => setTimeout(later, 300));
    assert.equal(asked.length, 1);
    assert.deepEqual(marks.of(1), []);
    marks.dispose();
  });
});
