import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { TimeScale } from '../../../webview/waterfall/model/timeScale';
import { WaterfallModel } from '../../../webview/waterfall/model/waterfallModel';
import { trace } from '../../fixtures/traces';

const ms = 1e6;
const columns = buildTraceColumns(
  'ab'.repeat(16),
  trace([
    'root',
    { end: 1000 * ms },
    [
      ['first', { start: 0, end: 100 * ms }],
      ['second', { start: 600 * ms, end: 1000 * ms }],
    ],
  ]),
);
const width = 816;
const scaleOf = (model: WaterfallModel) => new TimeScale(model.range, width, model.axis);
const modelOf = (squeeze: boolean) => {
  const model = new WaterfallModel(columns);
  model.setOptions({ squeeze });
  return model;
};

for (const squeeze of [false, true])
  describe(`moving in time, idle stretches ${squeeze ? 'squeezed' : 'as they are'}`, () => {
    it('comes back to exactly the same range after as many steps out as in', () => {
      const steps = fc.array(fc.constantFrom(-1, 1, -0.3, 0.3), { maxLength: 40 });
      fc.assert(
        fc.property(steps, fc.integer({ min: 0, max: width }), (walk, x) => {
          const model = modelOf(squeeze);
          model.setRange({ start: 50 * ms, end: 700 * ms });
          const before = model.range;
          const time = scaleOf(model).time(x);
          // What the limits swallow cannot be given back, so the walk stays within them.
          let sum = 0;
          for (const step of walk) {
            if (sum + step > 1 || sum + step < -20) continue;
            sum += step;
            model.time.zoom(step, { x, time });
          }
          model.time.zoom(-sum, { x, time });
          assert.deepEqual(model.range, before);
        }),
      );
    });

    it('keeps the time under the pointer where it is', () => {
      const model = modelOf(squeeze);
      for (const x of [200, 400, 700]) {
        model.time.fitTrace();
        const time = scaleOf(model).time(x);
        for (let i = 0; i < 8; i++) {
          model.time.zoom(-1, { x, time });
          assert.ok(Math.abs(scaleOf(model).x(time) - x) < 0.5);
        }
      }
    });

    it('comes back after panning there and back', () => {
      const model = modelOf(squeeze);
      model.setRange({ start: 620 * ms, end: 700 * ms });
      model.time.pan(0.25);
      assert.ok(model.range.start > 630 * ms);
      model.time.pan(-0.25);
      assert.ok(Math.abs(model.range.start - 620 * ms) < 1 && Math.abs(model.range.end - 700 * ms) < 1);
    });

    it('fits the selected span with a little room, and then the trace', () => {
      const model = modelOf(squeeze);
      model.select(1);
      model.time.fitSelection();
      const scale = scaleOf(model);
      assert.ok(scale.x(0) >= 8 && scale.x(0) < 60, String(scale.x(0)));
      assert.ok(scale.x(100 * ms) > 700 && scale.x(100 * ms) < 800);
      model.time.fitTrace();
      assert.deepEqual(model.range, { start: 0, end: 1000 * ms });
    });

    it('zooms about the selected span where nobody points', () => {
      const model = modelOf(squeeze);
      model.select(2);
      for (let i = 0; i < 20; i++) model.time.zoom(-1);
      assert.ok(Math.abs((model.range.start + model.range.end) / 2 - 800 * ms) < 5 * ms);
    });
  });

describe('a span without duration', () => {
  it('fits into the shortest range', () => {
    const model = new WaterfallModel(
      buildTraceColumns(
        'ab'.repeat(16),
        trace(['root', { end: 1000 }, [['point', { start: 500, end: 500 }]]]),
      ),
    );
    model.select(1);
    model.time.fitSelection();
    assert.ok(model.range.start <= 500 && model.range.end > 500 && model.range.end - model.range.start <= 10);
  });
});
