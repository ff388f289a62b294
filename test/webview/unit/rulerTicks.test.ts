import assert from 'node:assert/strict';
import { TimeAxis } from '../../../webview/waterfall/model/time/timeAxis';
import { TimeScale } from '../../../webview/waterfall/model/timeScale';
import { rulerTicks } from '../../../webview/waterfall/grid/rulerTicks';

const labels = (scale: TimeScale) => {
  const { ticks, labelOf, origin } = rulerTicks(scale);
  return { origin, labels: ticks.map(labelOf) };
};

describe('the ticks of the ruler', () => {
  it('are round times', () => {
    assert.deepEqual(labels(new TimeScale({ start: 0, end: 400e6 }, 416)), {
      origin: undefined,
      labels: ['0', '100 ms', '200 ms', '300 ms', '400 ms'],
    });
  });

  it('go down to single nanoseconds, counted from a time that is written once', () => {
    const scale = new TimeScale({ start: 2_500_000_120, end: 2_500_000_124.5 }, 416);
    assert.deepEqual(labels(scale), {
      origin: '2.5 s',
      labels: ['+120 ns', '+121 ns', '+122 ns', '+123 ns', '+124 ns'],
    });
  });

  it('keep their origin while the view moves a little', () => {
    const at = (start: number) => labels(new TimeScale({ start, end: start + 4_000 }, 416)).origin;
    assert.equal(at(7_000_120_000), '7 s');
    assert.equal(at(7_000_150_000), '7 s');
  });

  it('leave out what is squeezed, and keep one step on both sides of it', () => {
    const axis = new TimeAxis(1_000_000, [{ start: 210, end: 999_790 }], 20);
    const scale = new TimeScale({ start: 0, end: 1_000_000 }, 456, axis);
    assert.deepEqual(rulerTicks(scale).ticks, [0, 100, 200, 999_800, 999_900, 1_000_000]);
  });

  it('are none inside a squeezed stretch that fills the view', () => {
    const axis = new TimeAxis(1000, [{ start: 100, end: 900 }], 20);
    assert.deepEqual(rulerTicks(new TimeScale({ start: 200, end: 800 }, 456, axis)).ticks, []);
  });
});
