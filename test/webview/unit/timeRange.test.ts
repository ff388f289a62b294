import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  clampRange,
  isWhole,
  panRange,
  shortestRange,
  wholeRange,
  zoomRange,
} from '../../../webview/waterfall/model/timeRange';
import { TimeScale } from '../../../webview/waterfall/model/timeScale';

const duration = 1000;

describe('the visible time range', () => {
  it('zooms around the time that is to keep its place', () => {
    assert.deepEqual(zoomRange({ start: 0, end: 1000 }, 0.5, 200, duration), { start: 100, end: 600 });
    assert.deepEqual(zoomRange({ start: 100, end: 600 }, 2, 200, duration), { start: 0, end: 1000 });
  });

  it('zooms out to the whole trace and no further', () => {
    assert.deepEqual(zoomRange({ start: 400, end: 600 }, 100, 500, duration), wholeRange(duration));
  });

  it('zooms in to ten nanoseconds and no further', () => {
    const { start, end } = zoomRange({ start: 0, end: 1000 }, 1e-9, 500, duration);
    assert.equal(end - start, shortestRange);
  });

  it('pans to the ends of the trace and keeps its length', () => {
    assert.deepEqual(panRange({ start: 100, end: 300 }, 50, duration), { start: 150, end: 350 });
    assert.deepEqual(panRange({ start: 100, end: 300 }, -500, duration), { start: 0, end: 200 });
    assert.deepEqual(panRange({ start: 100, end: 300 }, 5000, duration), { start: 800, end: 1000 });
  });

  it('of a trace without duration is one nanosecond', () => {
    assert.deepEqual(wholeRange(0), { start: 0, end: 1 });
    assert.ok(isWhole(wholeRange(0), 0));
  });

  it('is the whole trace where a saved one is no range', () => {
    assert.deepEqual(clampRange({ start: NaN, end: NaN }, duration), wholeRange(duration));
    assert.deepEqual(clampRange({ start: 900, end: 100 }, duration), { start: 900, end: 910 });
  });

  it('lies in the trace after any walk of zooming and panning', () => {
    const step = fc.oneof(
      fc.record({
        factor: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        at: fc.double({ min: -100, max: 2e9, noNaN: true }),
      }),
      fc.record({ by: fc.double({ min: -1e12, max: 1e12, noNaN: true }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.array(step), (whole, steps) => {
        let range = wholeRange(whole);
        for (const move of steps)
          range =
            'by' in move ? panRange(range, move.by, whole) : zoomRange(range, move.factor, move.at, whole);
        assert.ok(
          range.start >= 0 && range.end > range.start && range.end <= wholeRange(whole).end * (1 + 1e-12),
        );
      }),
    );
  });
});

describe('the time scale', () => {
  it('turns time into pixels and back', () => {
    const scale = new TimeScale({ start: 100, end: 300 }, 416);
    assert.equal(scale.x(100), 8);
    assert.equal(scale.x(300), 408);
    assert.equal(scale.time(208), 200);
    assert.equal(scale.places(20), 10);
  });
});
