import assert from 'node:assert/strict';
import fc from 'fast-check';
import { criticalPath } from '../../../../src/core/analysis/criticalPath';
import { SpanKind } from '../../../../src/core/model/span';
import { buildTree } from '../../../../src/core/tree/buildTree';
import { RowFlaw, type TraceTree } from '../../../../src/core/tree/traceTree';
import { spanTable, type SpanRow } from '../../../fixtures/traces';
import { anyTable } from '../tree/support/anyTable';

/** One tree, times between 0 and 30: many spans that meet, nest, overlap and stick out. */
const nestedTable = fc
  .array(
    fc.record({
      parent: fc.nat(),
      start: fc.nat({ max: 30 }),
      duration: fc.integer({ min: -1, max: 20 }),
      kind: fc.constantFrom(SpanKind.Internal, SpanKind.Internal, SpanKind.Internal, SpanKind.Consumer),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map(spans =>
    spanTable(
      spans.map((span, i): SpanRow => ({
        ...span,
        name: `span ${i}`,
        id: i + 1,
        parentId: i === 0 ? 0 : 1 + (span.parent % i),
        ...(i === 0 ? { start: 0, duration: 30 } : {}),
      })),
    ),
  );

describe('criticalPath, of any spans', () => {
  for (const [what, tables] of [
    ['one tree', nestedTable],
    ['any spans', anyTable],
  ] as const)
    it(`fills the deciding root without gap or overlap, each stretch inside its span: ${what}`, () => {
      fc.assert(
        fc.property(tables, table => {
          const tree = buildTree(table);
          const { row, start, end } = criticalPath(tree, table);
          const root = longestRoot(tree);
          const length = root < 0 ? 0 : Math.max(0, tree.duration[root]!);
          let sum = 0;
          row.forEach((of, i) => {
            assert.ok(start[i]! < end[i]!, 'a stretch has a length');
            assert.equal(
              start[i],
              i === 0 ? tree.start[root] : end[i - 1],
              'it starts where the last one ended',
            );
            assert.ok(
              start[i]! >= tree.start[of]! && end[i]! <= tree.start[of]! + tree.duration[of]!,
              'inside its span',
            );
            sum += end[i]! - start[i]!;
          });
          assert.equal(sum, length);
        }),
      );
    });

  it('is what the rule says, followed step by step', () => {
    fc.assert(
      fc.property(nestedTable, table => {
        const tree = buildTree(table);
        const { row, start, end } = criticalPath(tree, table);
        const kinds = Array.from(tree.source, span => table.kind[span]!);
        assert.deepEqual(
          Array.from(row, (of, i) => [of, start[i], end[i]]),
          byTheRule(tree, kinds, longestRoot(tree), tree.start[0]!, tree.start[0]! + tree.duration[0]!),
        );
      }),
      { numRuns: 500 },
    );
  });
});

function longestRoot({ count, parent, duration, flaws }: TraceTree): number {
  const roots = Array.from({ length: count }, (_, row) => row).filter(row => parent[row] === -1);
  const whole = roots.filter(row => (flaws[row]! & (RowFlaw.MissingParent | RowFlaw.Cycle)) === 0);
  const candidates = whole.length > 0 ? whole : roots;
  const longest = Math.max(...candidates.map(row => duration[row]!));
  return candidates.find(row => duration[row] === longest) ?? -1;
}

/** The path within from..to of `row`, written as the rule reads: recursive, and looking at all children each time. */
function byTheRule(tree: TraceTree, kinds: number[], row: number, from: number, to: number): number[][] {
  const children = Array.from({ length: tree.count }, (_, child) => child)
    .filter(child => tree.parent[child] === row && kinds[child] !== SpanKind.Consumer)
    .map(child => ({
      child,
      start: Math.max(from, tree.start[child]!),
      end: Math.min(to, tree.start[child]! + tree.duration[child]!),
    }))
    .filter(({ start, end }) => end > start);
  const path: number[][] = [];
  let time = to;
  for (;;) {
    const finished = children.filter(({ end }) => end <= time);
    const lastEnd = Math.max(...finished.map(({ end }) => end));
    const last = finished.filter(({ end }) => end === lastEnd).sort((a, b) => a.child - b.child)[0];
    if (last === undefined) break;
    if (last.end < time) path.unshift([row, last.end, time]);
    path.unshift(...byTheRule(tree, kinds, last.child, last.start, last.end));
    time = last.start;
  }
  if (from < time) path.unshift([row, from, time]);
  return path;
}
