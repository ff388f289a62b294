import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraceColumns } from '../../../../src/core/columns/buildTraceColumns';
import { decodeTraceColumns } from '../../../../src/core/columns/decodeTraceColumns';
import { encodeTraceColumns } from '../../../../src/core/columns/encodeTraceColumns';
import { InvalidColumnsError } from '../../../../src/core/columns/invalidColumnsError';
import type { TraceColumns } from '../../../../src/core/columns/traceColumns';
import { SpanKind } from '../../../../src/core/model/span';
import { trace, type SpanSpec } from '../../../fixtures/traces';
import { anyTable } from '../tree/support/anyTable';

const traceId = '0af7651916cd43dd8448eb211c80319c';

/** An error of the first parent that is missing, a corrected clock, a cycle, and several roots. */
const sample = buildTraceColumns(
  traceId,
  trace(
    ['call', { end: 1e9, kind: SpanKind.Client }, [['far', { start: 5e9, end: 5.5e9, service: 'far' }]]],
    ['orphan', { start: 10, parentId: 0xfffffff0 }],
    ['circle', { start: 20, id: 9, parentId: 9 }],
    ['root', { start: 30, status: 2 }],
  ),
);

describe('encodeTraceColumns and decodeTraceColumns', () => {
  it('give back what went in', () => {
    assert.deepEqual(decodeTraceColumns(encodeTraceColumns(sample)), sample);
  });

  it('give back what went in, of any spans', () => {
    fc.assert(
      fc.property(anyTable, table => {
        const columns = buildTraceColumns(traceId, table);
        assert.deepEqual(decodeTraceColumns(encodeTraceColumns(columns)), columns);
      }),
    );
  });

  it('give back any strings', () => {
    const strings = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(strings, names => {
        const columns = { ...named(names[0] ?? ''), strings: ['\ufeffshop', ...names] };
        assert.deepEqual(decodeTraceColumns(encodeTraceColumns(columns)).strings, columns.strings);
      }),
    );
  });

  it('give back an empty trace', () => {
    const empty = buildTraceColumns(traceId, trace());
    assert.deepEqual(decodeTraceColumns(encodeTraceColumns(empty)), empty);
  });

  it('give back a base that no 64 bits hold', () => {
    for (const base of [2n ** 64n, -1n, 0n]) {
      assert.equal(decodeTraceColumns(encodeTraceColumns({ ...sample, base })).base, base);
    }
  });

  it('make views of the buffer, so that decoding copies no column', () => {
    const buffer = encodeTraceColumns(sample);
    const decoded = decodeTraceColumns(buffer);
    const {
      spanIdHigh,
      parent,
      start,
      spanDuration,
      selfTime,
      skew,
      name,
      category,
      errors,
      pathRow,
      pathEnd,
    } = decoded;
    for (const column of [
      spanIdHigh,
      parent,
      start,
      spanDuration,
      selfTime,
      skew,
      name,
      category,
      errors,
      pathRow,
      pathEnd,
    ])
      assert.equal(column.buffer, buffer);
  });

  it('take less than 100 bytes a span where every span is on the critical path', () => {
    const children = Array.from({ length: 1000 }, (_, i): SpanSpec => [
      'step',
      { start: 10 * i + 1, end: 10 * i + 9 },
    ]);
    const columns = buildTraceColumns(traceId, trace(['root', { end: 10_000 }, children]));
    assert.equal(columns.pathRow.length, 2001);
    assert.ok(encodeTraceColumns(columns).byteLength < 100 * columns.count);
  });

  it('refuse to encode a critical path with a gap', () => {
    assert.ok(sample.pathStart.length > 1);
    assert.throws(
      () => encodeTraceColumns({ ...sample, pathStart: sample.pathStart.map(start => start + 1) }),
      RangeError,
    );
  });
});

describe('decodeTraceColumns, of a hostile buffer', () => {
  const good = encodeTraceColumns(sample);

  it('never crashes and never answers columns that lead nowhere', () => {
    const damage = fc.array(fc.tuple(fc.nat({ max: good.byteLength - 1 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(damage, changes => {
        const bytes = new Uint8Array(good.slice());
        for (const [at, value] of changes) bytes[at] = value;
        const columns = decoded(bytes.buffer);
        if (columns !== undefined) assertWalkable(columns);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses every buffer that was cut or has something added', () => {
    for (let length = 0; length < good.byteLength; length++)
      assert.throws(() => decodeTraceColumns(good.slice(0, length)), InvalidColumnsError);
    const longer = new Uint8Array(good.byteLength + 8);
    longer.set(new Uint8Array(good));
    assert.throws(() => decodeTraceColumns(longer.buffer), InvalidColumnsError);
  });

  const columnsWith = (changes: Partial<TraceColumns>): ArrayBuffer =>
    encodeTraceColumns({ ...sample, ...changes });
  const headerWith = (at: number, value: number): ArrayBuffer => {
    const buffer = good.slice();
    new DataView(buffer).setUint32(at, value, true);
    return buffer;
  };
  const textWith = (text: string, other: string): ArrayBuffer => {
    const bytes = Buffer.from(good.slice());
    bytes.write(other, bytes.lastIndexOf(text), 'latin1');
    return new Uint8Array(bytes).buffer;
  };
  const cases: readonly (readonly [what: string, buffer: () => ArrayBuffer, message: RegExp])[] = [
    ['another format', () => headerWith(0, 0x04034b50), /no trace columns/],
    ['another version', () => headerWith(4, 2), /version 2; this reader knows version 1/],
    ['another length', () => headerWith(8, 1), /1 bytes were written/],
    ['more rows than there are', () => headerWith(16, 6), /need \d+ bytes/],
    ['four billion rows', () => headerWith(16, 0xffffffff), /need \d+ bytes/],
    ['four billion strings', () => headerWith(28, 0xffffffff), /need \d+ bytes/],
    ['an endless duration', () => columnsWith({ duration: Infinity }), /duration of Infinity/],
    ['a negative duration of the trace', () => columnsWith({ duration: -1 }), /duration of -1/],
    [
      'a row that is its own parent',
      () => columnsWith({ parent: Int32Array.of(0, 0, -1, -1, -1) }),
      /row 0: its parent is row 0/,
    ],
    [
      'a parent below its child',
      () => columnsWith({ parent: Int32Array.of(-1, 0, 3, -1, -1) }),
      /row 2: its parent is row 3/,
    ],
    [
      'a parent of -2',
      () => columnsWith({ parent: Int32Array.of(-2, 0, -1, -1, -1) }),
      /row 0: its parent is row -2/,
    ],
    ['a wrong depth', () => columnsWith({ depth: Uint32Array.of(0, 2, 0, 0, 0) }), /row 1: its depth/],
    [
      'too few descendants',
      () => columnsWith({ descendants: Uint32Array.of(0, 0, 0, 0, 0) }),
      /row 1: its subtree reaches beyond/,
    ],
    [
      'too many descendants',
      () => columnsWith({ descendants: Uint32Array.of(2, 0, 0, 0, 0) }),
      /row 0: it has 1 descendants/,
    ],
    [
      'descendants beyond the end',
      () => columnsWith({ descendants: Uint32Array.of(1, 0, 0, 0, 0xffffffff) }),
      /row 4: its subtree/,
    ],
    [
      'a name that is no string',
      () => columnsWith({ name: Uint32Array.of(0, 1, 2, 3, 99) }),
      /row 4: a string is missing/,
    ],
    [
      'a service that is no string',
      () => columnsWith({ service: Uint32Array.of(99, 0, 0, 0, 0) }),
      /row 0: a string is missing/,
    ],
    [
      'a path through rows that are not there',
      () => columnsWith({ pathRow: sample.pathRow.map(() => 5) }),
      /path leads to a row/,
    ],
    [
      'a path without end',
      () =>
        columnsWith({
          pathEnd: sample.pathEnd.map((end, i) => (i === sample.pathEnd.length - 1 ? NaN : end)),
        }),
      /path runs backwards/,
    ],
    ['facts that are no JSON', () => textWith('{"traceId"', '["traceId"'), /facts are no JSON/],
    [
      'facts without a trace id',
      () => textWith('"traceId"', '"traceXX"'),
      /trace id, base or warnings are missing/,
    ],
    ['a base that is no number', () => textWith('"base":"1', '"base":"x'), /base is no number/],
    ['a warning that nobody knows', () => textWith('"cycle"', '"cyclo"'), /warning of unknown form/],
  ];
  for (const [what, buffer, message] of cases)
    it(`refuses ${what}`, () => {
      assert.throws(
        () => decodeTraceColumns(buffer()),
        error => error instanceof InvalidColumnsError && message.test(error.message),
      );
    });

  it('refuses strings that lie outside of the text, and text outside of the strings', () => {
    const short = named('cart');
    const buffer = encodeTraceColumns(short);
    const bytes = Buffer.from(buffer);
    // The strings end at 4 (cart) and 8 (shop).
    const ends = bytes.indexOf(Buffer.of(4, 0, 0, 0, 8, 0, 0, 0));
    for (const [values, message] of [
      [[4, 9], /string 1 lies outside/],
      [[5, 4], /string 1 lies outside/],
      [[4, 7], /belongs to no string/],
    ] as const) {
      const damaged = buffer.slice();
      new Uint32Array(damaged, ends, 2).set(values);
      assert.throws(() => decodeTraceColumns(damaged), message);
    }
  });

  it('refuses a second parent id for a row that has a parent', () => {
    const buffer = good.slice();
    const strays = Buffer.from(buffer).indexOf(Buffer.of(0xf0, 0xff, 0xff, 0xff));
    // Rows 2 and 4 (orphan and circle) name parents; their ids follow the row numbers.
    const rows = new Uint32Array(buffer, strays - 8, 2);
    assert.ok(
      rows.every(row => sample.parent[row] === -1),
      'the rows were found',
    );
    rows[0] = 1;
    assert.throws(() => decodeTraceColumns(buffer), /row 1 has two parents/);
  });
});

function named(name: string): TraceColumns {
  return buildTraceColumns(traceId, trace([name]));
}

function decoded(buffer: ArrayBuffer): TraceColumns | undefined {
  try {
    return decodeTraceColumns(buffer);
  } catch (error) {
    assert.ok(error instanceof InvalidColumnsError, String(error));
    return undefined;
  }
}

function assertWalkable({
  count,
  parent,
  depth,
  descendants,
  name,
  service,
  pathRow,
  strings,
}: TraceColumns): void {
  for (let row = 0; row < count; row++) {
    let height = 0;
    for (let above = parent[row]!; above >= 0; above = parent[above]!) {
      height++;
      assert.ok(row > above && row <= above + descendants[above]!);
    }
    assert.equal(parent[row]! >= -1, true);
    assert.equal(depth[row], height);
    assert.ok(row + descendants[row]! < count);
    assert.ok(strings[name[row]!] !== undefined && strings[service[row]!] !== undefined);
  }
  for (const row of pathRow) assert.ok(row < count);
}
