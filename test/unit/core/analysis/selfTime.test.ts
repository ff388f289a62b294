import assert from 'node:assert/strict';
import fc from 'fast-check';
import { selfTime } from '../../../../src/core/analysis/selfTime';
import { buildTree } from '../../../../src/core/tree/buildTree';
import { trace, type SpanSpec } from '../../../fixtures/traces';
import { anyTable } from '../tree/support/anyTable';

function selfTimes(...roots: readonly SpanSpec[]): number[] {
  return [...selfTime(buildTree(trace(...roots)))];
}

describe('selfTime', () => {
  it('is the duration of a span without children', () => {
    assert.deepEqual(selfTimes(['alone', { start: 5, end: 30 }]), [25]);
  });

  it('leaves out what children cover, theirs included', () => {
    // 100 - (30 + 20); 30 - 10.
    const tree: SpanSpec = [
      'root',
      {},
      [
        ['a', { start: 10, end: 40 }, [['b', { start: 20, end: 30 }]]],
        ['c', { start: 50, end: 70 }],
      ],
    ];
    assert.deepEqual(selfTimes(tree), [50, 20, 10, 20]);
  });

  it('counts time once in which several children run', () => {
    // 10..60 and 80..90 are covered: 100 - 50 - 10.
    const tree: SpanSpec = [
      'root',
      {},
      [
        ['a', { start: 10, end: 40 }],
        ['inside a', { start: 15, end: 20 }],
        ['overlaps a', { start: 30, end: 60 }],
        ['b', { start: 80, end: 90 }],
      ],
    ];
    assert.deepEqual(selfTimes(tree), [40, 30, 5, 30, 10]);
  });

  it('counts children as far as they lie within the span', () => {
    // 20..30 and 90..100 of 20..100 are covered.
    const tree: SpanSpec = [
      'root',
      { start: 20, end: 100 },
      [
        ['before', { start: 0, end: 10 }],
        ['early', { start: 5, end: 30 }],
        ['outlives', { start: 90, end: 200 }],
        ['after', { start: 150, end: 160 }],
      ],
    ];
    assert.deepEqual(selfTimes(tree), [60, 10, 25, 110, 10]);
  });

  it('is 0 for a span that ends before it starts, which covers nothing', () => {
    assert.deepEqual(selfTimes(['root', {}, [['back', { start: 50, end: 30 }]]]), [100, 0]);
  });

  it('equals the duration minus the union of the clipped children, of any spans', () => {
    fc.assert(
      fc.property(anyTable, table => {
        const tree = buildTree(table);
        const self = selfTime(tree);
        for (let row = 0; row < tree.count; row++) assert.equal(self[row], uncovered(tree, row));
      }),
    );
  });
});

/** By sorting out, for each stretch between two borders, whether a child covers it. */
function uncovered({ count, parent, start, duration }: ReturnType<typeof buildTree>, row: number): number {
  const from = start[row]!;
  const to = from + Math.max(0, duration[row]!);
  const children: [from: number, to: number][] = [];
  for (let child = 0; child < count; child++)
    if (parent[child] === row) children.push([start[child]!, start[child]! + duration[child]!]);
  const borders = [from, to, ...children.flat()]
    .filter(time => time >= from && time <= to)
    .sort((a, b) => a - b);
  let free = 0;
  borders.forEach((border, i) => {
    const next = borders[i + 1] ?? border;
    if (!children.some(child => child[0] <= border && child[1] >= next)) free += next - border;
  });
  return free;
}
