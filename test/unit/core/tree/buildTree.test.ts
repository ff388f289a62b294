import assert from 'node:assert/strict';
import { SpanKind } from '../../../../src/core/model/span';
import { buildTree } from '../../../../src/core/tree/buildTree';
import { SpanFeature } from '../../../../src/core/tree/spanTable';
import { spanTable, testBase, trace } from '../../../fixtures/traces';
import { treeText } from './support/treeText';

describe('buildTree', () => {
  it('puts children below their parents, ordered by start, whatever the order of arrival', () => {
    const table = spanTable([
      { id: 4, parentId: 2, name: 'SELECT', start: 20, duration: 10 },
      { id: 3, parentId: 1, name: 'render', start: 60, duration: 30 },
      { id: 1, name: 'GET /', start: 0, duration: 100 },
      { id: 2, parentId: 1, name: 'load', start: 10, duration: 40 },
    ]);
    assert.deepEqual(treeText(buildTree(table), table), [
      'GET / 0..100',
      '  load 10..50',
      '    SELECT 20..30',
      '  render 60..90',
    ]);
  });

  it('orders siblings that start together by their ends, then by span id', () => {
    const table = spanTable([
      { id: 1, name: 'root', start: 0, duration: 100 },
      { id: 9, parentId: 1, name: 'nine', start: 10, duration: 20 },
      { id: 7, parentId: 1, name: 'seven', start: 10, duration: 20 },
      { id: 8, parentId: 1, name: 'eight', start: 10, duration: 30 },
    ]);
    assert.deepEqual(treeText(buildTree(table), table), [
      'root 0..100',
      '  seven 10..30',
      '  nine 10..30',
      '  eight 10..40',
    ]);
  });

  it('tells parent, depth, descendants and source of every row', () => {
    const tree = buildTree(
      trace([
        'a',
        {},
        [
          ['b', { start: 1 }, [['c', { start: 2 }]]],
          ['d', { start: 3 }],
        ],
      ]),
    );
    assert.deepEqual([...tree.source], [0, 1, 2, 3]);
    assert.deepEqual([...tree.parent], [-1, 0, 1, 0]);
    assert.deepEqual([...tree.depth], [0, 1, 2, 1]);
    assert.deepEqual([...tree.descendants], [3, 1, 0, 0]);
    assert.deepEqual(tree.warnings, []);
  });

  it('shows several roots in time order and says that the context was lost', () => {
    const table = trace(
      ['second', { start: 50 }],
      ['first', { start: 0, end: 40 }, [['child', { start: 10 }]]],
    );
    const tree = buildTree(table);
    assert.deepEqual(treeText(tree, table), ['first 0..40', '  child 10..40', 'second 50..100']);
    assert.deepEqual(codes(tree), [['several-roots', 2]]);
  });

  it('makes a root, in time order, of a span whose parent is missing, and names the flaw', () => {
    const table = trace(
      ['late', { start: 80, parentId: 77 }, [['below', { start: 90 }]]],
      ['root', { start: 10 }],
      ['early', { start: 5, end: 6, parentId: 78 }],
    );
    const tree = buildTree(table);
    assert.deepEqual(treeText(tree, table), [
      'early 5..6 (missing-parent)',
      'root 10..100',
      'late 80..100 (missing-parent)',
      '  below 90..100',
    ]);
    assert.deepEqual(codes(tree), [['missing-parent', 2]]);
  });

  it('takes a parent id for one where either half of it is not 0', () => {
    const table = { ...trace(['root'], ['child', { start: 1 }]), parentIdLow: Uint32Array.of(0, 5) };
    assert.deepEqual(treeText(buildTree(table), table), ['root 0..100', 'child 1..100 (missing-parent)']);
  });

  it('cuts a cycle at its earliest span and keeps what hangs on it', () => {
    const table = spanTable([
      { id: 1, parentId: 3, name: 'b', start: 20, duration: 30 },
      { id: 2, parentId: 1, name: 'c', start: 30, duration: 10 },
      { id: 3, parentId: 2, name: 'a', start: 10, duration: 50 },
      { id: 4, parentId: 2, name: 'leaf', start: 31, duration: 1 },
      { id: 5, name: 'root', start: 0, duration: 100 },
    ]);
    const tree = buildTree(table);
    assert.deepEqual(treeText(tree, table), [
      'root 0..100',
      'a 10..60 (cycle)',
      '  b 20..50',
      '    c 30..40',
      '      leaf 31..32',
    ]);
    assert.deepEqual(codes(tree), [['cycle', 1]]);
  });

  it('makes a root of a span that names itself as its parent', () => {
    const table = trace(['self', { id: 1, parentId: 1 }, [['child', { start: 5 }]]]);
    assert.deepEqual(treeText(buildTree(table), table), ['self 0..100 (cycle)', '  child 5..100']);
  });

  it('keeps both of two spans with one id, their children below the earlier one', () => {
    const rows = [
      { id: 1, name: 'root', start: 0, duration: 100 },
      { id: 2, parentId: 1, name: 'again', start: 40, duration: 20 },
      { id: 2, parentId: 1, name: 'once', start: 10, duration: 20 },
      { id: 3, parentId: 2, name: 'child', start: 50, duration: 5 },
    ];
    for (const spans of [rows, rows.toReversed()]) {
      const table = spanTable(spans);
      assert.deepEqual(treeText(buildTree(table), table), [
        'root 0..100',
        '  once 10..30',
        '    child 50..55',
        '  again 40..60',
      ]);
    }
  });

  it('keeps a negative duration as recorded and names it', () => {
    const table = trace(['root', {}, [['back', { start: 50, end: 40 }]]]);
    const tree = buildTree(table);
    assert.deepEqual(treeText(tree, table), ['root 0..100', '  back 50..40 (negative-duration)']);
    assert.deepEqual(codes(tree), [['negative-duration', 1]]);
  });

  it('draws a span of unknown start from its parent to its recorded end', () => {
    const now = Number(testBase);
    const table = spanTable([
      { id: 1, name: 'root', start: 0, duration: 1e6 },
      { id: 2, parentId: 1, name: 'client', start: 1000, duration: 5e5 },
      // Start 0; the end is half a millisecond after the base.
      { id: 3, parentId: 2, name: 'unknown start', start: -now, duration: now + 262144 },
      { id: 4, parentId: 2, name: 'nothing known', start: -now, duration: 0 },
    ]);
    const tree = buildTree(table);
    assert.deepEqual(treeText(tree, table), [
      'root 0..1000000',
      '  client 1000..501000',
      '    nothing known 1000..1000 (zero-time)',
      '    unknown start 1000..262144 (zero-time)',
    ]);
    assert.deepEqual(codes(tree), [['zero-time', 2]]);
  });

  it('takes any start after the epoch for a known one', () => {
    const table = spanTable([{ id: 1, name: 'root', start: 0, duration: 10 }], 1n);
    assert.deepEqual(treeText(buildTree(table), table), ['root 0..10']);
  });

  it('starts at the first known end where no start is known at all', () => {
    const rows = [
      { id: 1, name: 'root', start: 0, duration: 5000 },
      { id: 2, parentId: 1, name: 'child', start: 0, duration: 4000 },
    ];
    const table = spanTable(rows, 0n);
    assert.deepEqual(treeText(buildTree(table), table), [
      'root 4000..5000 (zero-time)',
      '  child 4000..4000 (zero-time)',
    ]);
  });

  it('names spans whose data the SDK dropped', () => {
    const table = trace(['root', { features: SpanFeature.Dropped | SpanFeature.Events }]);
    const tree = buildTree(table);
    assert.deepEqual(treeText(tree, table), ['root 0..100 (dropped)']);
    assert.deepEqual(codes(tree), [['dropped', 1]]);
  });

  it('says every warning in one sentence with the number of spans', () => {
    const table = trace(
      ['a', { parentId: 99, features: SpanFeature.Dropped, duration: -1 }],
      ['b', { id: 2, parentId: 2 }],
      ['c', {}],
      ['d', {}],
      [
        'client',
        { kind: SpanKind.Client, parentId: 98, start: 9e9, end: 10e9 },
        [['skewed', { service: 'far', start: 1e9, end: 1.5e9 }]],
      ],
    );
    const { warnings } = buildTree(table);
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['missing-parent', 'several-roots', 'cycle', 'clock-skew', 'negative-duration', 'dropped'],
    );
    for (const { message, count } of warnings) {
      assert.match(message, /^[A-Z0-9](?!.*\. ).*\.$/, 'one sentence');
      assert.match(message, new RegExp(`\\b${count} span`));
    }
    assert.match(warnings[3]?.message ?? '', /moved by up to 8\.25 s/);
  });

  it('builds an empty trace', () => {
    assert.equal(buildTree(trace()).count, 0);
  });

  it('builds a chain of a million spans without running out of stack', () => {
    const count = 1_000_000;
    const ids = Uint32Array.from({ length: count }, (_, i) => i + 1);
    const zeros = new Uint32Array(count);
    const table = {
      ...spanTable([]),
      count,
      spanIdHigh: ids,
      spanIdLow: zeros,
      parentIdHigh: Uint32Array.from({ length: count }, (_, i) => i),
      parentIdLow: zeros,
      start: new Float64Array(count),
      duration: new Float64Array(count).fill(10),
      name: zeros,
      service: zeros,
      kind: new Uint8Array(count),
      status: new Uint8Array(count),
      category: new Uint8Array(count),
      features: new Uint8Array(count),
      strings: ['deep'],
    };
    const tree = buildTree(table);
    assert.equal(tree.depth[count - 1], count - 1);
    assert.equal(tree.descendants[0], count - 1);
  });
});

function codes(tree: ReturnType<typeof buildTree>): [string, number][] {
  return tree.warnings.map(({ code, count }) => [code, count]);
}
