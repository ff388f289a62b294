import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { encodeSpanValues } from '../../../src/core/columns/encodeSpanValues';
import { ValueType } from '../../../src/core/columns/spanValues';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { WaterfallModel } from '../../../webview/waterfall/model/waterfallModel';
import type { Ask } from '../../../webview/waterfall/pageContext';
import { StatementLoader } from '../../../webview/waterfall/repeats/statementLoader';
import { lineName } from '../../../webview/waterfall/text/lineText';
import { spanTable } from '../../fixtures/traces';

function columnsOf(category: 'database' | 'custom'): TraceColumns {
  const rows = [0, 1, 2, 3].map(i => ({
    id: i + 1,
    parentId: i === 0 ? 0 : 1,
    name: i === 0 ? 'root' : `call ${'abc'[i - 1]}`,
    start: i,
    duration: 1,
    category: i === 0 ? ('custom' as const) : category,
  }));
  return buildTraceColumns('ab'.repeat(16), spanTable(rows));
}

const statements = [
  'SELECT * FROM t WHERE id = 1',
  'SELECT * FROM t WHERE id = 2',
  'SELECT * FROM t WHERE id = 3',
];

function answering(columns: TraceColumns, asked: unknown[], body?: ArrayBuffer): Ask {
  const sent =
    body ??
    encodeSpanValues({
      count: 3,
      spanIdHigh: columns.spanIdHigh.slice(1),
      spanIdLow: columns.spanIdLow.slice(1),
      type: new Uint8Array(3).fill(ValueType.String),
      number: Float64Array.of(0, 1, 2),
      strings: statements,
    });
  return ((method: string, params: object) => {
    asked.push({ method, ...params });
    return Promise.resolve({ result: { spans: 3, cut: 0 }, body: sent });
  }) as unknown as Ask;
}

/** Every statement may be a slice of its own, and each slice waits for a timer. */
const settled = async () => {
  for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setTimeout(resolve));
};
const names = (model: WaterfallModel) =>
  Array.from({ length: model.lines.count }, (_, line) => lineName(model, line));
const byName = ['root', 'call a', 'call b', 'call c'];
const byStatement = ['root', '3 × SELECT t WHERE id = ?'];

describe('the statements of a trace', () => {
  it('are asked for once a snapshot, and tell what repeats', async () => {
    const columns = columnsOf('database');
    const asked: unknown[] = [];
    const model = new WaterfallModel(columns);
    const loader = new StatementLoader(model, answering(columns, asked));
    assert.deepEqual(names(model), byName);
    await settled();
    assert.deepEqual(names(model), byStatement);
    model.setOptions({ squeeze: true });
    await settled();
    assert.deepEqual(asked, [
      { method: 'spanValues', keys: ['db.query.text', 'db.statement'], scope: 'span' },
    ]);
    model.update(columnsOf('database'));
    assert.deepEqual(names(model), byStatement);
    await settled();
    assert.equal(asked.length, 2);
    loader.dispose();
  });

  it('are not asked for where no database was called', async () => {
    const columns = columnsOf('custom');
    const asked: unknown[] = [];
    new StatementLoader(new WaterfallModel(columns), answering(columns, asked));
    await settled();
    assert.deepEqual(asked, []);
  });

  it('are not asked for until repeats are looked for', async () => {
    const columns = columnsOf('database');
    const asked: unknown[] = [];
    const model = new WaterfallModel(columns);
    model.setOptions({ repeats: false });
    new StatementLoader(model, answering(columns, asked));
    await settled();
    assert.equal(asked.length, 0);
    model.setOptions({ repeats: true });
    await settled();
    assert.deepEqual(names(model), byStatement);
  });

  const failures: readonly (readonly [what: string, ask: (columns: TraceColumns) => Ask])[] = [
    ['fails', () => () => Promise.reject(new Error('The collector is away.'))],
    ['is nothing that can be read', columns => answering(columns, [], new ArrayBuffer(8))],
  ];
  for (const [what, ask] of failures)
    it(`leave the names where the answer ${what}`, async () => {
      const columns = columnsOf('database');
      const model = new WaterfallModel(columns);
      new StatementLoader(model, ask(columns));
      await settled();
      assert.deepEqual(names(model), byName);
    });
});
