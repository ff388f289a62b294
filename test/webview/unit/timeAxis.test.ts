import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { idleStretches } from '../../../webview/waterfall/model/time/idleStretches';
import { squeezeIdle } from '../../../webview/waterfall/model/time/squeezeIdle';
import { TimeAxis } from '../../../webview/waterfall/model/time/timeAxis';
import { TimeScale } from '../../../webview/waterfall/model/timeScale';
import { spanTable, trace, type SpanRow, type SpanSpec } from '../../fixtures/traces';

const columnsOf = (...roots: SpanSpec[]) => buildTraceColumns('ab'.repeat(16), trace(...roots));

describe('idle stretches', () => {
  const cases: readonly (readonly [what: string, roots: SpanSpec[], idle: [number, number][]])[] = [
    ['are none in a single span', [['a', { end: 1000 }]], []],
    [
      'lie before, between and after what runs, also while a parent waits',
      [
        [
          'a',
          { end: 1000 },
          [
            ['b', { start: 200, end: 300 }],
            ['c', { start: 700, end: 800 }],
          ],
        ],
      ],
      [
        [0, 200],
        [300, 700],
        [800, 1000],
      ],
    ],
    [
      'are not where an overlapping span still runs',
      [
        [
          'a',
          { end: 1000 },
          [
            ['b', { start: 0, end: 600 }],
            ['c', { start: 100, end: 200 }],
            ['d', { start: 800, end: 1000 }],
          ],
        ],
      ],
      [[600, 800]],
    ],
    [
      'are cut where a span that has children begins or ends',
      [
        [
          'a',
          { end: 1000 },
          [
            ['b', { start: 0, end: 100 }],
            ['c', { start: 500, end: 1000 }, [['d', { start: 900, end: 1000 }]]],
          ],
        ],
      ],
      [
        [100, 500],
        [500, 900],
      ],
    ],
    [
      'lie between two roots',
      [
        ['a', { end: 100 }],
        ['b', { start: 5000, end: 5100 }],
      ],
      [[100, 5000]],
    ],
  ];
  for (const [what, roots, idle] of cases)
    it(what, () =>
      assert.deepEqual(
        idleStretches(columnsOf(...roots), 50).map(({ start, end }) => [start, end]),
        idle,
      ),
    );

  it('of a trace without spans are none that can be squeezed', () => {
    assert.deepEqual(squeezeIdle(buildTraceColumns('ab'.repeat(16), spanTable([]))).breaks, []);
  });

  it('are found and squeezed at 100,000 spans in less than 100 ms', () => {
    const rows = Array.from({ length: 100_000 }, (_, i): SpanRow => {
      return { name: 'a', id: i + 1, start: i * 1000 + (i > 50_000 ? 1e9 : 0), duration: 900 };
    });
    const columns = buildTraceColumns('ab'.repeat(16), spanTable(rows));
    squeezeIdle(columns);
    // Of the processor: what else the machine does meanwhile does not count.
    const times = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      assert.equal(squeezeIdle(columns).breaks.length, 1);
      return process.cpuUsage(before).user / 1000;
    });
    assert.ok(Math.min(...times) < 100, String(times));
  });
});

describe('the squeezed axis', () => {
  it('finds a second idle stretch that is long once the first is away', () => {
    const hour = 3600e9;
    const columns = columnsOf(
      ['a', { end: 1e6 }],
      ['b', { start: 9e6, end: 10e6 }],
      ['c', { start: hour, end: hour + 1e6 }],
    );
    const axis = squeezeIdle(columns);
    assert.deepEqual(axis.breaks, [
      { start: 1e6, end: 9e6 },
      { start: 10e6, end: hour },
    ]);
    // What runs is 3 ms; two breaks take 3.5 % of that each.
    assert.ok(Math.abs(axis.length - 3e6 * 1.07) < 1, String(axis.length));
    assert.equal(Math.round(axis.skipped + axis.length), columns.duration);
  });

  it('leaves what is short relative to the trace as it is', () => {
    const columns = columnsOf([
      'a',
      { end: 1000_000 },
      [
        ['b', { start: 0, end: 500_000 }],
        ['c', { start: 540_000, end: 1000_000 }],
      ],
    ]);
    assert.deepEqual(squeezeIdle(columns).breaks, []);
  });

  it('never lets breaks take more than two fifths of what runs', () => {
    const roots = Array.from({ length: 60 }, (_, i): SpanSpec => {
      const start = 1.5 ** i * 1e3;
      return ['a', { start, end: start + 100 }];
    });
    const axis = squeezeIdle(columnsOf(...roots));
    assert.ok(axis.breaks.length > 30, String(axis.breaks.length));
    const shown = axis.length / 1.4;
    assert.ok(axis.length - shown <= shown * 0.4 + 1);
  });

  const breaksOf = (cuts: readonly number[]) => {
    const sorted = [...new Set(cuts)].sort((a, b) => a - b);
    return sorted.flatMap((start, i) => {
      const end = sorted[i + 1];
      return i % 2 === 0 && end !== undefined && end - start > 1000 ? [{ start, end }] : [];
    });
  };
  const duration = 1e12;
  const cuts = fc.array(fc.integer({ min: 0, max: duration }), { maxLength: 20 });
  const times = fc.array(fc.double({ min: 0, max: duration, noNaN: true }), { minLength: 2, maxLength: 20 });

  it('rises everywhere and leads back to the same time', () => {
    fc.assert(
      fc.property(cuts, times, (cuts, times) => {
        const axis = new TimeAxis(duration, breaksOf(cuts), 1000);
        const sorted = [...times].sort((a, b) => a - b);
        const places = sorted.map(time => axis.place(time));
        places.forEach((place, i) => assert.ok(i === 0 || place >= (places[i - 1] ?? 0)));
        assert.equal(axis.place(0), 0);
        assert.ok(Math.abs(axis.place(duration) - axis.length) < 0.01);
        for (const time of times)
          assert.ok(Math.abs(axis.place(axis.time(axis.place(time))) - axis.place(time)) < 0.01);
      }),
    );
  });

  it('shows the whole of a squeezed stretch where only a part of it was asked for', () => {
    const axis = new TimeAxis(duration, [{ start: 1e11, end: 9e11 }], 5);
    const { start, end } = axis.clamp({ start: 5e11, end: 5e11 + 1000 });
    assert.ok(start < 1e11 && end > 9e11, `${start} ${end}`);
  });

  it('gives pixels that lead back to the same pixel', () => {
    fc.assert(
      fc.property(
        cuts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: -9, max: 0, noNaN: true }),
        fc.integer({ min: 0, max: 1600 }),
        (cuts, from, power, x) => {
          const axis = new TimeAxis(duration, breaksOf(cuts), 1000);
          const start = from * duration;
          const range = axis.clamp({ start, end: start + duration * 10 ** power });
          const scale = new TimeScale(range, 1600, axis);
          assert.ok(Math.abs(scale.x(scale.time(x)) - x) < 0.5);
        },
      ),
    );
  });
});
