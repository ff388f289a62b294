import assert from 'node:assert/strict';
import { criticalPath } from '../../../../src/core/analysis/criticalPath';
import { SpanKind } from '../../../../src/core/model/span';
import { buildTree } from '../../../../src/core/tree/buildTree';
import { trace, type SpanSpec } from '../../../fixtures/traces';

/** The path as `name start..end`; times are divided by `unit`. */
function path(roots: readonly SpanSpec[], unit = 1): string[] {
  const table = trace(...roots);
  const tree = buildTree(table);
  const { row, start, end } = criticalPath(tree, table);
  return Array.from(row, (of, i) => {
    const name = table.strings[table.name[tree.source[of]!]!]!;
    return `${name} ${start[i]! / unit}..${end[i]! / unit}`;
  });
}

describe('criticalPath', () => {
  it('is the whole of a span without children', () => {
    assert.deepEqual(path([['root', { start: 5 }]]), ['root 5..100']);
  });

  it('goes through children that run one after the other', () => {
    // root |--------------------|   root waits for b, b began when root went on after a.
    //   a    |-----|
    //   b             |----|
    assert.deepEqual(
      path([
        [
          'root',
          {},
          [
            ['a', { start: 10, end: 40 }],
            ['b', { start: 60, end: 90 }],
          ],
        ],
      ]),
      ['root 0..10', 'a 10..40', 'root 40..60', 'b 60..90', 'root 90..100'],
    );
  });

  it('goes from one child into the next where they meet in a nanosecond', () => {
    // a ends in the very moment in which b begins: b may have waited for a.
    assert.deepEqual(
      path([
        [
          'root',
          {},
          [
            ['a', { start: 0, end: 50 }],
            ['b', { start: 50, end: 100 }],
          ],
        ],
      ]),
      ['a 0..50', 'b 50..100'],
    );
  });

  it('goes down through nested spans', () => {
    // root |-------------------|
    //   a    |-------------|
    //     b     |-------|
    assert.deepEqual(path([['root', {}, [['a', { start: 10, end: 80 }, [['b', { start: 30, end: 60 }]]]]]]), [
      'root 0..10',
      'a 10..30',
      'b 30..60',
      'a 60..80',
      'root 80..100',
    ]);
  });

  it('takes of parallel children the one that finishes last', () => {
    // root |-------------------|
    //   a    |------|               finished when b still ran: shortening it changes nothing.
    //   b    |------------|
    assert.deepEqual(
      path([
        [
          'root',
          {},
          [
            ['a', { start: 10, end: 50 }],
            ['b', { start: 10, end: 80 }],
          ],
        ],
      ]),
      ['root 0..10', 'b 10..80', 'root 80..100'],
    );
  });

  it('passes a child over that still ran when the next one on the path began', () => {
    // root |---------------------|
    //   a   |---|                    5..20: had finished before c began.
    //   b     |---------|            10..60: still ran at 50, so c did not wait for it.
    //   c             |------|       50..90
    assert.deepEqual(
      path([
        [
          'root',
          {},
          [
            ['a', { start: 5, end: 20 }],
            ['b', { start: 10, end: 60 }],
            ['c', { start: 50, end: 90 }],
          ],
        ],
      ]),
      ['root 0..5', 'a 5..20', 'root 20..50', 'c 50..90', 'root 90..100'],
    );
  });

  it('takes of children that end together the one that began first', () => {
    assert.deepEqual(
      path([
        [
          'root',
          {},
          [
            ['late', { start: 60, end: 80 }],
            ['early', { start: 20, end: 80 }],
          ],
        ],
      ]),
      ['root 0..20', 'early 20..80', 'root 80..100'],
    );
  });

  it('counts a child that outlives its parent as far as the parent lasts, and what is below it as well', () => {
    // root |-----------|
    //   a        |-----------|       counts 40..100
    //     b         |----------|     counts 70..100
    //     c      |-|                 50..60
    assert.deepEqual(
      path([
        [
          'root',
          {},
          [
            [
              'a',
              { start: 40, end: 200 },
              [
                ['b', { start: 70, end: 250 }],
                ['c', { start: 50, end: 60 }],
              ],
            ],
          ],
        ],
      ]),
      ['root 0..40', 'a 40..50', 'c 50..60', 'a 60..70', 'b 70..100'],
    );
  });

  it('leaves out a child that starts after its parent has ended, with its subtree', () => {
    assert.deepEqual(
      path([['root', {}, [['later', { start: 150, end: 300 }, [['below', { start: 160, end: 170 }]]]]]]),
      ['root 0..100'],
    );
  });

  it('leaves out a child of the same service that ended before its parent started', () => {
    assert.deepEqual(path([['root', { start: 50 }, [['before', { start: 10, end: 40 }]]]]), ['root 50..100']);
  });

  it('counts a child that began before its parent from where the parent begins', () => {
    assert.deepEqual(path([['root', { start: 50 }, [['early', { start: 10, end: 70 }]]]]), [
      'early 50..70',
      'root 70..100',
    ]);
  });

  it('waits for no Consumer, though it works while the Producer goes on', () => {
    // root |---------------|
    //  send   |-|
    //   work     |-----|             another service, from the queue
    const work: SpanSpec = [
      'work',
      { start: 35, end: 90, service: 'worker', kind: SpanKind.Consumer },
      [['SELECT', { start: 40, end: 80 }]],
    ];
    assert.deepEqual(
      path([['root', {}, [['send', { start: 20, end: 30, kind: SpanKind.Producer }, [work]]]]]),
      ['root 0..20', 'send 20..30', 'root 30..100'],
    );
    assert.deepEqual(path([['root', {}, [work]]]), ['root 0..100']);
  });

  it('goes through a Consumer that is the root', () => {
    assert.deepEqual(path([['work', { kind: SpanKind.Consumer }, [['SELECT', { start: 40, end: 80 }]]]]), [
      'work 0..40',
      'SELECT 40..80',
      'work 80..100',
    ]);
  });

  it('reads corrected times where clocks differ', () => {
    const ms = 1e6;
    // Recorded 5 s ahead; corrected to the middle of the call: 20..80.
    assert.deepEqual(
      path(
        [
          [
            'call',
            { kind: SpanKind.Client, end: 100 * ms },
            [['serve', { start: 5000 * ms, end: 5060 * ms, service: 'far', kind: SpanKind.Server }]],
          ],
        ],
        ms,
      ),
      ['call 0..20', 'serve 20..80', 'call 80..100'],
    );
  });

  it('leaves out children that took no time or ended before they started', () => {
    assert.deepEqual(
      path([
        [
          'root',
          {},
          [
            ['instant', { start: 40, end: 40 }],
            ['back', { start: 80, end: 30 }],
          ],
        ],
      ]),
      ['root 0..100'],
    );
  });

  it('explains the longest of several roots', () => {
    assert.deepEqual(
      path([
        ['first', { end: 30 }],
        ['longest', { start: 20, end: 90 }],
        ['last', { start: 95, end: 120 }],
      ]),
      ['longest 20..90'],
    );
  });

  it('explains a root without a parent rather than a longer one whose parent is missing', () => {
    assert.deepEqual(
      path([
        ['orphan', { end: 500, parentId: 99 }],
        ['root', { start: 20, end: 90 }],
      ]),
      ['root 20..90'],
    );
    assert.deepEqual(
      path([
        ['one', { end: 50, parentId: 99 }],
        ['other', { end: 60, parentId: 98 }],
      ]),
      ['other 0..60'],
    );
  });

  it('is empty in an empty trace and in one that took no time', () => {
    assert.deepEqual(path([]), []);
    assert.deepEqual(path([['root', { start: 10, end: 10 }]]), []);
    assert.deepEqual(path([['root', { start: 10, end: 5 }]]), []);
  });
});
