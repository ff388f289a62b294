import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { layOutBar, placeText, thinnest } from '../../../webview/waterfall/grid/bars';
import { indexPath } from '../../../webview/waterfall/model/pathIndex';
import { PixelCoverage } from '../../../webview/waterfall/model/pixelCoverage';
import { TimeScale } from '../../../webview/waterfall/model/timeScale';
import { trace, type SpanSpec } from '../../fixtures/traces';

const bars = (root: SpanSpec, range = { start: 0, end: 100 }, folded = false) => {
  const columns = buildTraceColumns('ab'.repeat(16), trace(root));
  // 8 px of padding at either end, then one pixel a nanosecond.
  const scale = new TimeScale(range, 16 + 100);
  return Array.from({ length: columns.count }, (_, row) =>
    layOutBar(columns, indexPath(columns), row, folded, scale),
  );
};

describe('a bar', () => {
  it('spans its time', () => {
    const [root, child] = bars(['root', {}, [['child', { start: 20, end: 50 }]]]);
    assert.deepEqual([root?.x, root?.width], [8, 100]);
    assert.deepEqual([child?.x, child?.width], [28, 30]);
  });

  it('is seen however short it is', () => {
    const [, child] = bars(['root', {}, [['child', { start: 20, end: 20 }]]]);
    assert.deepEqual([child?.x, child?.width], [28, thinnest]);
  });

  it('tells time in children from self time, children that overlap or outlive it too', () => {
    const [root] = bars([
      'root',
      { end: 80 },
      [
        ['a', { start: 10, end: 30 }],
        ['b', { start: 20, end: 40 }],
        ['late', { start: 70, end: 100 }],
      ],
    ]);
    assert.deepEqual(root?.children, [18, 48, 78, 88]);
  });

  it('is not filled by many children that are shorter than a pixel', () => {
    const many: SpanSpec[] = Array.from({ length: 50 }, (_, i) => ['x', { start: i * 2, duration: 0.1 }]);
    const [root] = bars(['root', {}, many]);
    assert.deepEqual(root?.children, []);
  });

  it('marks the stretches of it that decided the total', () => {
    // The path runs from the end: root 60-100, b 30-60, root 20-30, a 10-20, root 0-10.
    const [root, a, b] = bars([
      'root',
      {},
      [
        ['a', { start: 10, end: 20 }],
        ['b', { start: 30, end: 60 }],
      ],
    ]);
    assert.deepEqual(root?.path, [8, 18, 28, 38, 68, 108]);
    assert.deepEqual(a?.path, [18, 28]);
    assert.deepEqual(b?.path, [38, 68]);
  });

  it('takes in the critical path of what a fold hides', () => {
    const [root] = bars(['root', {}, [['a', { start: 10, end: 20 }]]], undefined, true);
    assert.deepEqual(root?.path, [8, 108]);
  });

  it('is cut off near the edges of a deep zoom, where coordinates would lose precision', () => {
    const [root] = bars(['root', { end: 1e12 }], { start: 5e11, end: 5e11 + 100 });
    assert.deepEqual([root?.x, root?.width], [-16, 148]);
  });
});

describe('text beside a bar', () => {
  const cases: readonly (readonly [
    what: string,
    bar: { x: number; width: number },
    expected: string | undefined,
  ])[] = [
    ['stands right of it', { x: 10, width: 50 }, 'right'],
    ['stands left where there is no room right', { x: 100, width: 95 }, 'left'],
    ['stands inside where there is no room beside', { x: 10, width: 185 }, 'inside'],
    ['is left out where the bar is off to the left', { x: -16, width: 10 }, undefined],
    ['is left out where the bar is off to the right', { x: 210, width: 10 }, undefined],
    ['stands inside the part of a long bar that is in view', { x: -16, width: 232 }, 'inside'],
  ];
  for (const [what, bar, expected] of cases)
    it(what, () => assert.equal(placeText(bar, 40, 200)?.where, expected));

  it('is left out where the bar fills the column and is too short for it', () =>
    assert.equal(placeText({ x: 0, width: 50 }, 45, 50), undefined));

  it('never leaves the column', () => {
    const pixels = fc.integer({ min: -50, max: 500 });
    fc.assert(
      fc.property(
        pixels,
        fc.integer({ min: 2, max: 500 }),
        fc.integer({ min: 1, max: 100 }),
        (x, width, textWidth) => {
          const place = placeText({ x, width }, textWidth, 300);
          if (place) assert.ok(place.x >= 0 && place.x + textWidth <= 300);
        },
      ),
    );
  });
});

describe('pixel coverage', () => {
  it('is the union of all intervals', () => {
    const width = 60;
    const interval = fc.tuple(fc.integer({ min: -10, max: 70 }), fc.integer({ min: 0, max: 40 }));
    fc.assert(
      fc.property(fc.array(interval), intervals => {
        const coverage = new PixelCoverage(width);
        const expected = new Array<boolean>(width).fill(false);
        for (const [from, length] of intervals) {
          coverage.add(from, from + length, 0);
          for (let x = Math.max(0, from); x < Math.min(width, from + length); x++) expected[x] = true;
        }
        const covered = new Array<boolean>(width).fill(false);
        const runs = coverage.runs();
        for (let i = 0; i < runs.length; i += 2) covered.fill(true, runs[i], runs[i + 1]);
        assert.deepEqual(covered, expected);
      }),
    );
  });
});
