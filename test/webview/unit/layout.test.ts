import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitLayout } from '../../../webview/waterfall/frame/layout';

describe('the layout', () => {
  const pages: readonly (readonly [width: number, stacked: boolean, tree: number, detail: number])[] = [
    [1600, false, 360, 400],
    [1200, false, 360, 400],
    [920, false, 265, 331],
    [600, true, 270, 252],
    [300, true, 135, 252],
  ];
  for (const [width, stacked, tree, detail] of pages)
    it(`of a page of ${width} px ${stacked ? 'has the details below' : 'has all side by side'}`, () => {
      const layout = fitLayout({}, { width, height: 600 });
      assert.deepEqual([layout.stacked, layout.tree.value, layout.detail.value], [stacked, tree, detail]);
    });

  it('is as the reader wants it where there is room, and again when there is room again', () => {
    const wanted = { treeWidth: 700, detailWidth: 500 };
    assert.deepEqual(sizes(wanted, 1600), [700, 500]);
    assert.deepEqual(sizes(wanted, 1000), [380, 500]);
    assert.deepEqual(sizes(wanted, 1600), [700, 500]);
  });

  it('leaves room for rows, times and details on any page they fit on', () => {
    const size = fc.option(fc.integer({ min: -100, max: 5000 }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.record({ treeWidth: size, detailWidth: size, detailHeight: size }),
        fc.integer({ min: 240, max: 4000 }),
        fc.integer({ min: 220, max: 3000 }),
        (wanted, width, height) => {
          const { stacked, tree, detail } = fitLayout(wanted, { width, height });
          assert.ok(tree.value >= 120 && detail.value >= 100);
          assert.ok((stacked ? width : width - detail.value) - tree.value >= 119);
          if (stacked) assert.ok(height - detail.value >= 119);
        },
      ),
    );
  });
});

function sizes(wanted: { treeWidth: number; detailWidth: number }, width: number): number[] {
  const { tree, detail } = fitLayout(wanted, { width, height: 600 });
  return [tree.value, detail.value];
}
