import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  listTop,
  maxElementHeight,
  rowsInView,
  scrollTopFor,
  spacerHeight,
  topThatCentres,
  topThatShows,
  type VirtualList,
} from '../../../webview/ui/virtualScroll';

const list = (rows: number, viewport = 660): VirtualList => ({ rows, rowHeight: 22, viewport });
const lists = fc.record({
  rows: fc.integer({ min: 0, max: 3_000_000 }),
  rowHeight: fc.constant(22),
  viewport: fc.integer({ min: 0, max: 3000 }),
});

describe('a virtual list', () => {
  const views: readonly (readonly [top: number, rows: number, first: number, last: number])[] = [
    [0, 0, 0, 0],
    [0, 10, 0, 10],
    [0, 100, 0, 30],
    [1, 100, 0, 31],
    [22, 100, 1, 31],
    [1540, 100, 70, 100],
  ];
  for (const [top, rows, first, last] of views)
    it(`shows rows ${first} to ${last} of ${rows} below ${top} px`, () =>
      assert.deepEqual(rowsInView(top, list(rows)), { first, last }));

  it('is as high as its rows up to the highest element, and no higher', () => {
    assert.equal(spacerHeight(list(100)), 2200);
    assert.equal(spacerHeight(list(1_000_000)), maxElementHeight);
  });

  it('scrolls a pixel a pixel while it fits, and to its very end when it does not', () => {
    assert.equal(listTop(1234, list(100_000)), 1234);
    const long = list(2_000_000);
    assert.equal(listTop(spacerHeight(long) - long.viewport, long), 2_000_000 * 22 - long.viewport);
  });

  it('finds the way back from list to scrollbar', () => {
    fc.assert(
      fc.property(lists, fc.double({ min: 0, max: 1, noNaN: true }), (any, share) => {
        const furthest = Math.max(0, any.rows * any.rowHeight - any.viewport);
        const top = share * furthest;
        assert.ok(Math.abs(listTop(scrollTopFor(top, any), any) - top) < 1e-3);
      }),
    );
  });

  it('never leaves the list, wherever the scrollbar is', () => {
    fc.assert(
      fc.property(lists, fc.double({ min: -1e9, max: 1e9, noNaN: true }), (any, scrollTop) => {
        const { first, last } = rowsInView(listTop(scrollTop, any), any);
        assert.ok(first >= 0 && first <= last && last <= any.rows);
        assert.ok(last - first <= Math.ceil(any.viewport / any.rowHeight) + 1);
      }),
    );
  });

  it('shows a row whole with the least movement', () => {
    assert.equal(topThatShows(50, 0, list(100)), 51 * 22 - 660, 'below: at the bottom');
    assert.equal(topThatShows(3, 500, list(100)), 66, 'above: at the top');
    assert.equal(topThatShows(25, 500, list(100)), 500, 'in view: where it is');
  });

  it('centres a row where the list goes on above and below', () => {
    assert.equal(topThatCentres(50, list(100)), 50.5 * 22 - 330);
    assert.equal(topThatCentres(0, list(100)), 0);
    assert.equal(topThatCentres(99, list(100)), 2200 - 660);
  });
});
