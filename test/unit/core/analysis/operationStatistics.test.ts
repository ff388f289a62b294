import assert from 'node:assert/strict';
import fc from 'fast-check';
import { operationStatistics } from '../../../../src/core/analysis/operationStatistics';
import { buildTraceColumns } from '../../../../src/core/columns/buildTraceColumns';
import type { TraceColumns } from '../../../../src/core/columns/traceColumns';
import { StatusCode } from '../../../../src/core/model/span';
import { trace, type SpanSpec } from '../../../fixtures/traces';
import { anyTable } from '../tree/support/anyTable';

const error: number = StatusCode.Error;

const traceId = 'ab'.repeat(16);

function labelled(columns: TraceColumns) {
  const found = operationStatistics(columns);
  const text = (index: number | undefined) => columns.strings[index ?? 0] ?? '';
  return Array.from({ length: found.count }, (_, at) => ({
    operation: `${text(found.service[at])} ${text(found.name[at])}`,
    spans: found.first[at + 1]! - found.first[at]!,
    errors: found.errors[at],
    total: found.total[at],
    self: found.self[at],
    p50: found.p50[at],
    p95: found.p95[at],
    max: found.max[at],
  }));
}

describe('the statistics of operations', () => {
  it('are kept apart by service and name, in the order of first appearance', () => {
    const columns = buildTraceColumns(
      traceId,
      trace([
        'GET',
        { end: 100, service: 'shop' },
        [
          ['GET', { start: 10, end: 40, service: 'cart', status: StatusCode.Error }],
          ['SELECT', { start: 50, end: 60, service: 'cart' }],
          ['GET', { start: 60, end: 80, service: 'cart' }],
        ],
      ]),
    );
    // shop GET: 100 - 30 - 10 - 20 of its own. cart GET: 30 and 20, of which half took 20 at most.
    assert.deepEqual(labelled(columns), [
      { operation: 'shop GET', spans: 1, errors: 0, total: 100, self: 40, p50: 100, p95: 100, max: 100 },
      { operation: 'cart GET', spans: 2, errors: 1, total: 50, self: 50, p50: 20, p95: 30, max: 30 },
      { operation: 'cart SELECT', spans: 1, errors: 0, total: 10, self: 10, p50: 10, p95: 10, max: 10 },
    ]);
  });

  it('have percentiles by nearest rank', () => {
    // Durations 1 … 100: the 50th is 50, the 95th is 95.
    const calls = Array.from({ length: 100 }, (_, i): SpanSpec => [
      'call',
      { start: i * 100, duration: 100 - i },
    ]);
    const [, call] = labelled(buildTraceColumns(traceId, trace(['root', { end: 10_000 }, calls])));
    assert.deepEqual([call?.p50, call?.p95, call?.max], [50, 95, 100]);
  });

  it('take a span that ends before it starts for one that took no time', () => {
    const columns = buildTraceColumns(
      traceId,
      trace([
        'root',
        {},
        [
          ['odd', { start: 50, duration: -20 }],
          ['odd', { start: 60, duration: 8 }],
        ],
      ]),
    );
    const odd = labelled(columns).find(({ operation }) => operation === 'shop odd');
    assert.deepEqual([odd?.total, odd?.p50, odd?.max], [8, 0, 8]);
  });

  it('are empty for an empty trace', () => {
    assert.equal(operationStatistics(buildTraceColumns(traceId, trace())).count, 0);
  });

  it('of any trace hold every span once, at its operation', () => {
    fc.assert(
      fc.property(anyTable, table => {
        const columns = buildTraceColumns(traceId, table);
        const { count, first, rows, operation, service, name, errors } = operationStatistics(columns);
        assert.deepEqual(
          [...rows].sort((a, b) => a - b),
          Array.from({ length: columns.count }, (_, row) => row),
        );
        for (let at = 0; at < count; at++)
          for (let place = first[at]!; place < first[at + 1]!; place++) {
            const row = rows[place]!;
            assert.equal(operation[row], at);
            assert.equal(columns.service[row], service[at]);
            assert.equal(columns.name[row], name[at]);
          }
        const failed = columns.status.filter(status => status === error).length;
        assert.equal(
          errors.reduce((sum, n) => sum + n, 0),
          failed,
        );
      }),
    );
  });
});
