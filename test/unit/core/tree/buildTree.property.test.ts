import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTree } from '../../../../src/core/tree/buildTree';
import { RowFlaw } from '../../../../src/core/tree/traceTree';
import { spanTable, testBase, type SpanRow } from '../../../fixtures/traces';
import { anyRows, anyTable } from './support/anyTable';
import { treeText } from './support/treeText';

describe('buildTree, of any spans', () => {
  it('holds every span exactly once', () => {
    fc.assert(
      fc.property(anyTable, table => {
        const source = [...buildTree(table).source].sort((a, b) => a - b);
        assert.deepEqual(
          source,
          Array.from({ length: table.count }, (_, i) => i),
        );
      }),
    );
  });

  it('has parents before children, depths one more, and descendants that count the subtree', () => {
    fc.assert(
      fc.property(anyTable, table => {
        const { count, parent, depth, descendants } = buildTree(table);
        const below = new Array<number>(count).fill(0);
        for (let row = count - 1; row >= 0; row--) {
          const above = parent[row]!;
          assert.ok(above < row);
          assert.equal(depth[row], above < 0 ? 0 : depth[above]! + 1);
          assert.equal(descendants[row], below[row]);
          if (above >= 0) {
            below[above] = below[above]! + below[row]! + 1;
            assert.ok(row <= above + descendants[above]!, 'a child lies in the subtree of its parent');
          }
        }
      }),
    );
  });

  it('links a span to the parent that it names, but for the ones that are flawed', () => {
    fc.assert(
      fc.property(anyTable, table => {
        const { count, parent, source, flaws } = buildTree(table);
        for (let row = 0; row < count; row++) {
          const named = table.parentIdLow[source[row]!]!;
          const isCut = (flaws[row]! & (RowFlaw.MissingParent | RowFlaw.Cycle)) !== 0;
          if (named === 0 || isCut) assert.equal(parent[row], -1);
          else assert.equal(table.spanIdLow[source[parent[row]!]!], named);
          if (flaws[row]! & RowFlaw.MissingParent) assert.ok(!table.spanIdLow.includes(named));
        }
      }),
    );
  });

  it('orders siblings by start', () => {
    fc.assert(
      fc.property(anyTable, table => {
        const { count, parent, start } = buildTree(table);
        const previous = new Map<number, number>();
        for (let row = 0; row < count; row++) {
          assert.ok((previous.get(parent[row]!) ?? -Infinity) <= start[row]!);
          previous.set(parent[row]!, start[row]!);
        }
      }),
    );
  });

  it('does not depend on the order of arrival', () => {
    const shuffled = anyRows.chain(rows =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        assert.deepEqual(treeLines(others), treeLines(rows));
      }),
    );
  });

  it('keeps recorded times: start without the correction, and all of them where it is off', () => {
    fc.assert(
      fc.property(anyTable, fc.boolean(), (table, correctSkew) => {
        const tree = buildTree(table, { correctSkew });
        for (let row = 0; row < tree.count; row++) {
          const span = tree.source[row]!;
          if (!correctSkew) assert.equal(tree.skew[row], 0);
          if (tree.flaws[row]! & RowFlaw.ZeroTime) continue;
          assert.equal(tree.start[row]! - tree.skew[row]!, table.start[span]);
          assert.equal(tree.duration[row], table.duration[span]);
          if (tree.skew[row] !== 0) assert.ok(tree.flaws[row]! & RowFlaw.ClockSkew);
        }
      }),
    );
  });
});

function treeLines(rows: readonly SpanRow[]): string[] {
  const table = spanTable(rows, testBase);
  return treeText(buildTree(table), table);
}
