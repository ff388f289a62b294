import assert from 'node:assert/strict';
import { SpanKind, StatusCode } from '../../../../src/core/model/span';
import { buildTree } from '../../../../src/core/tree/buildTree';
import { callClockShift, type CrossServiceCall } from '../../../../src/core/tree/callClockShift';
import { testBase, trace } from '../../../fixtures/traces';
import { treeText } from './support/treeText';

const ms = 1e6;

/** A Client span from 100 to 200 ms and a Server span in it; times in ms. */
function call(times: { start: number; duration: number }, changes: Partial<CrossServiceCall> = {}): number {
  return (
    callClockShift({
      parentStart: 100 * ms,
      parentDuration: 100 * ms,
      parentKind: SpanKind.Client,
      parentStatus: StatusCode.Unset,
      parentShift: 0,
      childStart: times.start * ms,
      childDuration: times.duration * ms,
      childKind: SpanKind.Server,
      ...changes,
    }) / ms
  );
}

describe('callClockShift', () => {
  const cases: readonly (readonly [why: string, shift: number, wanted: number])[] = [
    ['leaves a child alone that fits', call({ start: 110, duration: 80 }), 0],
    ['leaves a child alone that fills its parent', call({ start: 100, duration: 100 }), 0],
    // (100 - 80) / 2 = 10: from 50 to 110.
    [
      'moves a child that starts too early to the middle of its parent',
      call({ start: 50, duration: 80 }),
      60,
    ],
    // (100 - 20) / 2 = 40: from 500 to 140.
    [
      'moves a child that starts after its parent has ended to the middle',
      call({ start: 500, duration: 20 }),
      -360,
    ],
    // 50 late at the start, 40 at the end. (100 - 90) / 2 = 5: from 150 to 105.
    ['moves a child that is late as a whole', call({ start: 150, duration: 90 }), -45],
    ['leaves a child alone that works on a little after the response', call({ start: 130, duration: 80 }), 0],
    [
      'takes an end that is late by less than a millisecond for rounding',
      call({ start: 101, duration: 99.9 }),
      0,
    ],
    [
      'leaves a child alone that works on after a call that failed',
      call({ start: 150, duration: 90 }, { parentStatus: StatusCode.Error }),
      0,
    ],
    ['leaves a longer child alone that outlives its parent', call({ start: 110, duration: 300 }), 0],
    [
      'moves a longer child that starts too early to the start of its parent',
      call({ start: 20, duration: 300 }),
      80,
    ],
    ['takes less than a millisecond for rounding', call({ start: 99.1, duration: 50 }), 0],
    ['takes more than a millisecond for skew', call({ start: 98.9, duration: 50 }), 26.1],
    [
      'leaves a child of an Internal span alone that starts after it',
      call({ start: 500, duration: 20 }, { parentKind: SpanKind.Internal }),
      0,
    ],
    [
      'moves a child of an Internal span to its start only',
      call({ start: 50, duration: 20 }, { parentKind: SpanKind.Internal }),
      50,
    ],
    [
      'never moves a Consumer',
      call({ start: 5, duration: 1 }, { childKind: SpanKind.Consumer, parentKind: SpanKind.Producer }),
      0,
    ],
    [
      'keeps the distance of a Consumer to a parent that moved',
      call({ start: 5, duration: 1 }, { childKind: SpanKind.Consumer, parentShift: 7 * ms }),
      7,
    ],
    [
      'leaves a child alone that fits into a parent that moved',
      call({ start: 110, duration: 10 }, { parentShift: 70 * ms }),
      0,
    ],
    [
      'moves a child like its parent where it fits then',
      call({ start: 42, duration: 10 }, { parentShift: 70 * ms }),
      70,
    ],
    [
      'moves a child by itself where it fits in no other way',
      call({ start: 5, duration: 10 }, { parentShift: 70 * ms }),
      140,
    ],
  ];
  for (const [why, shift, wanted] of cases) it(why, () => assert.equal(shift, wanted));
});

describe('clock skew in buildTree', () => {
  // The clock of `stock` is 5 s ahead: its spans were recorded at 5020..5080 and 5030..5040 ms.
  const table = trace([
    'checkout',
    { end: 100 * ms },
    [
      [
        'POST stock',
        { start: 10 * ms, end: 90 * ms, kind: SpanKind.Client },
        [
          [
            'reserve',
            { start: 5020 * ms, end: 5080 * ms, service: 'stock', kind: SpanKind.Server },
            [['SELECT', { start: 5030 * ms, end: 5040 * ms }]],
          ],
        ],
      ],
      ['render', { start: 91 * ms, end: 99 * ms }],
    ],
  ]);

  it('moves the child and everything below it in its service together, and says so', () => {
    const tree = buildTree(table);
    // 80 ms of call, 60 ms of work: 10 ms each way.
    assert.deepEqual(treeText(tree, table, ms), [
      'checkout 0..100',
      '  POST stock 10..90',
      '    reserve 20..80 -5000 (clock-skew)',
      '      SELECT 30..40 -5000 (clock-skew)',
      '  render 91..99',
    ]);
    assert.deepEqual(
      tree.warnings.map(({ code, count }) => [code, count]),
      [['clock-skew', 2]],
    );
  });

  it('shows the recorded times, and still names the flaw, when the correction is off', () => {
    const tree = buildTree(table, { correctSkew: false });
    assert.deepEqual(treeText(tree, table, ms), [
      'checkout 0..100',
      '  POST stock 10..90',
      '    reserve 5020..5080 (clock-skew)',
      '      SELECT 5030..5040 (clock-skew)',
      '  render 91..99',
    ]);
    assert.match(tree.warnings[0]?.message ?? '', /shown as recorded/);
  });

  it('does not move a child of its own service, however its times lie', () => {
    const odd = trace([
      'parent',
      { kind: SpanKind.Client, start: 50 * ms, end: 60 * ms },
      [['child', { start: 0, end: 1 * ms }]],
    ]);
    assert.deepEqual(treeText(buildTree(odd), odd, ms), ['parent 50..60', '  child 0..1']);
  });

  it('orders siblings by their corrected start', () => {
    const siblings = trace([
      'root',
      { kind: SpanKind.Client, start: 1000 * ms, end: 1100 * ms },
      [
        ['here', { start: 1010 * ms, end: 1020 * ms }],
        ['far', { start: 0, end: 10 * ms, service: 'far', kind: SpanKind.Server }],
      ],
    ]);
    assert.deepEqual(treeText(buildTree(siblings), siblings, ms), [
      'root 1000..1100',
      '  here 1010..1020',
      '  far 1045..1055 +1045 (clock-skew)',
    ]);
  });

  it('does not move a child because the start of its caller is unknown', () => {
    const unknown = trace(
      ['root', { end: 100 * ms }],
      [
        'call',
        { parentId: 1, kind: SpanKind.Client, start: -Number(testBase), end: 20 * ms },
        [['serve', { start: 5 * ms, end: 6 * ms, service: 'far', kind: SpanKind.Server }]],
      ],
    );
    assert.deepEqual(treeText(buildTree(unknown), unknown), [
      'root 0..100000000',
      // The end of a span of unknown start is known to 256 ns.
      `  call 0..${endOfUnknown(20 * ms)} (zero-time)`,
      '    serve 5000000..6000000',
    ]);
  });

  it('ends a span of unknown start where its clock is corrected to', () => {
    const start = 20 * ms;
    const unknown = trace([
      'call',
      { end: 100 * ms, kind: SpanKind.Client },
      [
        [
          'serve',
          { start: start + 5000 * ms, end: start + 5060 * ms, service: 'far', kind: SpanKind.Server },
          [['unknown', { start: -Number(testBase), end: 5040 * ms }]],
        ],
      ],
    ]);
    assert.deepEqual(treeText(buildTree(unknown), unknown), [
      'call 0..100000000',
      '  serve 20000000..80000000 -5000000000 (clock-skew)',
      `    unknown 20000000..${endOfUnknown(5040 * ms) - 5000 * ms} (zero-time)`,
    ]);
  });
});

/** What is left of an end after its way through a duration that counts from 1970. */
function endOfUnknown(end: number): number {
  const unknownStart = -Number(testBase);
  return unknownStart + (end - unknownStart);
}
