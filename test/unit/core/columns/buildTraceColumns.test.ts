import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../../../src/core/columns/buildTraceColumns';
import { SpanKind, StatusCode } from '../../../../src/core/model/span';
import { spanTable, testBase, trace } from '../../../fixtures/traces';

const traceId = '0af7651916cd43dd8448eb211c80319c';

describe('buildTraceColumns', () => {
  it('carries every column in tree order', () => {
    const table = spanTable([
      {
        id: 3,
        parentId: 1,
        name: 'SELECT',
        start: 20,
        duration: 30,
        service: 'db',
        kind: SpanKind.Client,
        features: 5,
      },
      {
        id: 1,
        name: 'GET /',
        start: 0,
        duration: 100,
        kind: SpanKind.Server,
        status: StatusCode.Error,
        category: 'gateway',
      },
    ]);
    const columns = buildTraceColumns(traceId, table);
    assert.deepEqual(columns, {
      traceId,
      base: testBase,
      duration: 100,
      count: 2,
      warnings: [],
      spanIdHigh: Uint32Array.of(1, 3),
      spanIdLow: Uint32Array.of(1, 3),
      parentIdHigh: Uint32Array.of(0, 1),
      parentIdLow: Uint32Array.of(0, 1),
      parent: Int32Array.of(-1, 0),
      depth: Uint32Array.of(0, 1),
      descendants: Uint32Array.of(1, 0),
      start: Float64Array.of(0, 20),
      spanDuration: Float64Array.of(100, 30),
      selfTime: Float64Array.of(70, 30),
      skew: Float64Array.of(0, 0),
      name: Uint32Array.of(0, 1),
      service: Uint32Array.of(2, 3),
      kind: Uint8Array.of(SpanKind.Server, SpanKind.Client),
      status: Uint8Array.of(StatusCode.Error, StatusCode.Unset),
      category: Uint8Array.of(1, 0),
      features: Uint8Array.of(0, 5),
      flaws: Uint8Array.of(0, 0),
      errors: Uint32Array.of(1, 0),
      pathRow: Uint32Array.of(0, 1, 0),
      pathStart: Float64Array.of(0, 20, 50),
      pathEnd: Float64Array.of(20, 50, 100),
      strings: ['GET /', 'SELECT', 'shop', 'db'],
    });
  });

  it('counts the errors of each subtree, the row itself included', () => {
    const status = StatusCode.Error;
    const { errors } = buildTraceColumns(
      traceId,
      trace(
        [
          'root',
          {},
          [
            [
              'a',
              { status },
              [
                ['b', { status }],
                ['c', { start: 1 }],
              ],
            ],
            ['d', { start: 2 }],
          ],
        ],
        ['other', { start: 3, status }],
      ),
    );
    assert.deepEqual([...errors], [2, 2, 1, 0, 0, 1]);
  });

  it('keeps the strings that its spans use and no other', () => {
    const table = trace(['root', {}, [['child']]]);
    const strings = ['unused', ...table.strings, 'unused too'];
    const shifted = {
      ...table,
      strings,
      name: table.name.map(i => i + 1),
      service: table.service.map(i => i + 1),
    };
    assert.deepEqual(buildTraceColumns(traceId, shifted).strings, ['root', 'child', 'shop']);
  });

  it('counts from the earliest start that it shows, to the latest end, in a trace whose root was corrected', () => {
    const ms = 1e6;
    // `far` was recorded at 0, its caller at 1 s: it is moved to 1.02 s, so that the trace starts at 1 s.
    const table = trace([
      'call',
      { start: 1000 * ms, end: 1060 * ms, kind: SpanKind.Client },
      [
        [
          'far',
          { start: 0, end: 20 * ms, service: 'far', kind: SpanKind.Server },
          [['long', { start: 5 * ms, end: 90 * ms }]],
        ],
      ],
    ]);
    const columns = buildTraceColumns(traceId, table);
    assert.equal(columns.base, testBase + 1_000_000_000n);
    assert.deepEqual([...columns.start], [0, 20 * ms, 25 * ms]);
    assert.deepEqual([...columns.skew], [0, 1020 * ms, 1020 * ms]);
    assert.equal(columns.duration, 110 * ms);
    assert.deepEqual([...columns.pathStart], [0, 20 * ms, 25 * ms, 40 * ms]);
    assert.deepEqual([...columns.pathEnd], [20 * ms, 25 * ms, 40 * ms, 60 * ms]);
    const recorded = buildTraceColumns(traceId, table, { correctSkew: false });
    assert.equal(recorded.base, testBase);
    assert.deepEqual([...recorded.start], [1000 * ms, 0, 5 * ms]);
  });

  it('does not last from 1970 until today because one start is unknown', () => {
    const now = Number(testBase);
    const columns = buildTraceColumns(
      traceId,
      spanTable([
        { id: 1, name: 'root', start: 0, duration: 1e6 },
        { id: 2, parentId: 1, name: 'unknown start', start: -now, duration: now },
      ]),
    );
    assert.equal(columns.base, testBase);
    assert.equal(columns.duration, 1e6);
  });

  it('is empty for an empty trace', () => {
    const { count, duration, base, strings } = buildTraceColumns(traceId, trace());
    assert.deepEqual(
      { count, duration, base, strings },
      { count: 0, duration: 0, base: testBase, strings: [] },
    );
  });
});
