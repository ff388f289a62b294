import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { flameLayout } from '../../../webview/waterfall/flame/flameLayout';
import { laneBars, rowAt } from '../../../webview/waterfall/flame/laneBars';
import { matchesBefore } from '../../../webview/waterfall/flame/matchesBefore';
import { TimeScale } from '../../../webview/waterfall/model/timeScale';
import { trace, type SpanSpec } from '../../fixtures/traces';
import { anyTable } from '../../unit/core/tree/support/anyTable';

const traceId = 'ab'.repeat(16);
const all = (count: number) => Uint32Array.from({ length: count }, (_, row) => row);

describe('the bars of a lane', () => {
  it('are the spans, where each has a pixel of its own', () => {
    const columns = buildTraceColumns(
      traceId,
      trace([
        'root',
        { end: 100 },
        [
          ['a', { start: 10, end: 30 }],
          ['b', { start: 40, end: 90 }],
        ],
      ]),
    );
    const layout = flameLayout(columns, all(3));
    // 8 px of padding at either end, then one pixel a nanosecond.
    const scale = new TimeScale({ start: 0, end: 100 }, 116);
    assert.deepEqual(
      laneBars(columns, layout, 1, scale).map(({ row, x, width, spans }) => [row, x, width, spans]),
      [
        [1, 18, 20, 1],
        [2, 48, 50, 1],
      ],
    );
    assert.equal(rowAt(columns, layout, 1, scale, 60), 2);
    assert.equal(rowAt(columns, layout, 1, scale, 43), -1);
    assert.equal(rowAt(columns, layout, 7, scale, 60), -1);
  });

  it('are no more than there are pixels, however many spans there are, and tell of their errors', () => {
    const calls = Array.from({ length: 5000 }, (_, i): SpanSpec => [
      'call',
      { start: i * 10, end: i * 10 + 5, status: i === 3210 ? 2 : 0 },
    ]);
    const columns = buildTraceColumns(traceId, trace(['root', { end: 50_000 }, calls]));
    const layout = flameLayout(columns, all(columns.count));
    const bars = laneBars(columns, layout, 1, new TimeScale({ start: 0, end: 50_000 }, 116));
    assert.ok(bars.length <= 101);
    assert.equal(
      bars.reduce((sum, { spans }) => sum + spans, 0),
      5000,
    );
    assert.equal(
      bars.reduce((sum, { errors }) => sum + errors, 0),
      1,
    );
  });

  it('tell of the matches of a search among their spans, whatever the trace', () => {
    fc.assert(
      fc.property(anyTable, fc.integer({ min: 20, max: 400 }), fc.nat(), (table, width, seed) => {
        const columns = buildTraceColumns(traceId, table);
        const matches = Uint8Array.from(all(columns.count), row => ((row * 7 + seed) % 3 === 0 ? 1 : 0));
        const layout = flameLayout(columns, all(columns.count));
        const before = matchesBefore(layout, matches);
        const scale = new TimeScale({ start: 0, end: Math.max(1, columns.duration) }, width);
        let found = 0;
        for (let lane = 0; lane < layout.lanes; lane++)
          for (const { row, place, spans } of laneBars(columns, layout, lane, scale)) {
            const inBar = before[place + spans]! - before[place]!;
            if (spans === 1) assert.equal(inBar, matches[row]);
            found += inBar;
          }
        assert.equal(
          found,
          matches.reduce((sum, match) => sum + match, 0),
        );
      }),
    );
  });

  it('stand for every span of any trace once, where all of it is in view', () => {
    fc.assert(
      fc.property(anyTable, fc.integer({ min: 20, max: 400 }), (table, width) => {
        const columns = buildTraceColumns(traceId, table);
        const layout = flameLayout(columns, all(columns.count));
        const scale = new TimeScale({ start: 0, end: Math.max(1, columns.duration) }, width);
        let spans = 0;
        for (let lane = 0; lane < layout.lanes; lane++)
          for (const bar of laneBars(columns, layout, lane, scale)) spans += bar.spans;
        assert.equal(spans, columns.count);
      }),
    );
  });
});
