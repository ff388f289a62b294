import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { pathRuns } from '../../../webview/waterfall/grid/pathRuns';
import { layOutBar } from '../../../webview/waterfall/grid/bars';
import { ChildrenCover, ChildrenCovers } from '../../../webview/waterfall/model/childrenCover';
import { indexPath } from '../../../webview/waterfall/model/pathIndex';
import { PixelCoverage } from '../../../webview/waterfall/model/pixelCoverage';
import { TimeScale } from '../../../webview/waterfall/model/timeScale';
import { spanTable, trace, type SpanRow } from '../../fixtures/traces';
import { generatedTrace } from '../support/generatedTrace';

const traceId = 'ab'.repeat(16);
const wide = buildTraceColumns(traceId, generatedTrace(12_000, 'wide'));
const mixed = buildTraceColumns(traceId, generatedTrace(12_000));

describe('a span with many children', () => {
  it('knows how long a child was running before any time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 15 })), { minLength: 1, maxLength: 20 }),
        times => {
          // Enough children for a cover: the others take no time.
          const rows: SpanRow[] = [{ name: 'root', id: 1, start: 0, duration: 200 }];
          for (let i = 0; i < 5000; i++) {
            const [start, duration] = times[i] ?? [0, 0];
            rows.push({ name: 'child', id: i + 2, parentId: 1, start, duration });
          }
          const columns = buildTraceColumns(traceId, spanTable(rows));
          const cover = ChildrenCover.of(columns, 0);
          for (const time of [0, 1, 7.5, 50, 99, 120]) {
            let running = 0;
            for (let half = 0; half < 2 * time; half++)
              if (times.some(([start, duration]) => start <= half / 2 && half / 2 < start + duration))
                running += 0.5;
            assert.equal(cover?.until(time), running, `before ${time}`);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is filled where children run for most of the time, however short each of them is', () => {
    const scale = new TimeScale({ start: 0, end: wide.duration }, 16 + 400);
    const { children } = layOutBar(wide, indexPath(wide), 0, false, scale, new ChildrenCovers(wide).get(0));
    // The children take 60 % of the time on average, 30 of them a pixel.
    const filled = children.reduce((sum, x, i) => sum + (i % 2 === 0 ? -x : x), 0);
    assert.ok(filled > 300, `${filled} of 400 pixels`);
  });

  it('has no cover where there are few children, whatever lies below them', () => {
    assert.equal(
      ChildrenCover.of(buildTraceColumns(traceId, trace(['root', {}, [['a', {}]]])), 0),
      undefined,
    );
    assert.equal(new ChildrenCovers(mixed).get(mixed.count - 1), undefined);
  });
});

describe('the critical path of many stretches', () => {
  for (const [what, range] of [
    ['the whole trace', { start: 0, end: wide.duration }],
    ['a part of it', { start: wide.duration * 0.3, end: wide.duration * 0.37 }],
    ['a few spans', { start: wide.duration * 0.5, end: wide.duration * 0.5001 }],
  ] as const)
    for (const folded of [false, true])
      it(`is drawn as it would be stretch by stretch: ${what}, ${folded ? 'folded' : 'unfolded'}`, () => {
        const scale = new TimeScale(range, 816);
        const covered = new PixelCoverage(scale.width);
        wide.pathRow.forEach((row, stretch) => {
          if (row !== 0 && !folded) return;
          const from = scale.x(wide.pathStart[stretch]!);
          const to = scale.x(wide.pathEnd[stretch]!);
          if (to >= 0 && from <= scale.width) covered.add(from, to, 1);
        });
        const last = folded ? wide.count - 1 : 0;
        assert.ok(wide.pathRow.length > 20_000);
        assert.deepEqual(pathRuns(wide, indexPath(wide), 0, last, scale), covered.runs());
      });
});
