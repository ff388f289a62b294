import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { StatusCode } from '../../../src/core/model/span';
import { minimapPixels } from '../../../webview/waterfall/minimap/minimapPixels';
import { moveRangeEnd } from '../../../webview/waterfall/minimap/moveRangeEnd';
import { wholeRange } from '../../../webview/waterfall/model/timeRange';
import { TimeScale } from '../../../webview/waterfall/model/timeScale';
import { spanTable, trace, type SpanRow } from '../../fixtures/traces';

const traceId = 'ab'.repeat(16);
const width = 10;
const look = {
  colours: [
    { r: 0, g: 0, b: 1, a: 1 },
    { r: 0, g: 1, b: 0, a: 1 },
  ],
  error: { r: 1, g: 0, b: 0, a: 1 },
};

/** The picture as text, a line each: b(lue), g(reen), E(rror), . (nothing), - (faint). */
function picture(
  columns: ReturnType<typeof buildTraceColumns>,
  height: number,
  place = (row: number) => row % 2,
  matches?: Uint8Array,
) {
  const scale = new TimeScale(wholeRange(columns.duration), width, undefined, 0);
  const pixels = minimapPixels(columns, scale, height, { ...look, placeOf: place, matches });
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const at = (y * width + x) * 4;
      if (pixels[at + 3] === 0) return '.';
      if (pixels[at + 3] !== 255) return '-';
      return pixels[at] ? 'E' : pixels[at + 1] ? 'g' : 'b';
    }).join(''),
  );
}

describe('the minimap', () => {
  it('draws each span where it is in time, rows from top to bottom', () => {
    const columns = buildTraceColumns(
      traceId,
      trace([
        'a',
        { end: 100 },
        [
          ['b', { start: 0, end: 30 }],
          ['c', { start: 50, end: 100, status: StatusCode.Error }],
        ],
      ]),
    );
    assert.deepEqual(picture(columns, 3), ['bbbbbbbbbb', 'ggg.......', '.....EEEEE']);
  });

  it('keeps a line free between thick lines', () => {
    const columns = buildTraceColumns(traceId, trace(['a'], ['b']));
    assert.deepEqual(picture(columns, 8), [
      'bbbbbbbbbb',
      'bbbbbbbbbb',
      'bbbbbbbbbb',
      '..........',
      'gggggggggg',
      'gggggggggg',
      'gggggggggg',
      '..........',
    ]);
  });

  it('shows of many spans at one pixel the colour of most, and every error', () => {
    const rows = Array.from({ length: 100 }, (_, i): SpanRow => {
      const status = i === 77 ? StatusCode.Error : StatusCode.Unset;
      return { name: 'a', id: i + 1, start: i, duration: i === 77 ? 1 : 100 - i, status };
    });
    const columns = buildTraceColumns(traceId, spanTable(rows));
    assert.deepEqual(
      picture(columns, 1, row => (row % 3 === 0 ? 0 : 1)),
      ['ggggggg' + 'E' + 'gg'],
    );
  });

  it('makes faint what does not match a search, and shows every match, whatever else is there', () => {
    const columns = buildTraceColumns(
      traceId,
      trace([
        'a',
        { end: 100 },
        [
          ['b', { start: 0, end: 30 }],
          ['c', { start: 0, end: 100, status: StatusCode.Error }],
          ['d', { start: 50, end: 60 }],
        ],
      ]),
    );
    const matches = Uint8Array.of(0, 1, 0, 1);
    assert.deepEqual(picture(columns, 4, undefined, matches), [
      '----------',
      'ggg.......',
      '----------',
      '.....g....',
    ]);
    assert.deepEqual(picture(columns, 1, undefined, matches), ['ggg--g----']);
    assert.deepEqual(picture(columns, 1, undefined, Uint8Array.of(1, 0, 1, 0)), ['EEEEEEEEEE']);
  });

  it('shows nothing of a trace without spans', () => {
    assert.deepEqual(picture(buildTraceColumns(traceId, spanTable([])), 2), ['..........', '..........']);
  });

  it('paints a million spans in less than 300 ms', () => {
    const count = 1_000_000;
    const columns = {
      count,
      start: new Float64Array(count).map((_, i) => i * 100),
      spanDuration: new Float64Array(count).map((_, i) => (i % 1000) * 1e5),
      status: new Uint8Array(count),
    };
    const scale = new TimeScale({ start: 0, end: 2e8 }, 1600);
    const paint = () => {
      // Of the processor: what else the machine does meanwhile does not count.
      const before = process.cpuUsage();
      minimapPixels(columns, scale, 80, { ...look, placeOf: row => row & 1 });
      return process.cpuUsage(before).user / 1000;
    };
    assert.ok(Math.min(paint(), paint(), paint()) < 300);
  });
});

describe('an end of the visible range', () => {
  const range = { start: 200, end: 600 };
  const moves: readonly (readonly ['start' | 'end', number, number, number])[] = [
    ['start', 300, 300, 600],
    ['start', -50, 0, 600],
    ['start', 900, 590, 600],
    ['end', 400, 200, 400],
    ['end', 5000, 200, 1000],
    ['end', 0, 200, 210],
  ];
  for (const [end, time, start, stop] of moves)
    it(`${end} moved to ${time} gives ${start} to ${stop}`, () =>
      assert.deepEqual(moveRangeEnd(range, end, time, 1000), { start, end: stop }));
});
