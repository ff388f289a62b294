import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import type { TracesJson } from '../../../src/core/formats/otlpJson';
import { traceAsJson } from '../../../src/editor/waterfall/traceAsJson';
import { trace, type SpanSpec } from '../../fixtures/traces';
import { spanAnswer } from '../../webview/support/spanAnswer';

const calls = Array.from({ length: 449 }, (_, i): SpanSpec => [`call ${i}`]);
const columns = buildTraceColumns('ab'.repeat(16), trace(['root', {}, calls]));

describe('a trace as JSON', () => {
  /** What the collector would answer, a page at a time. */
  const client = {
    request: (_: string, params: unknown) => {
      const { from, count } = params as { from: number; count: number };
      const rows = Array.from({ length: Math.min(count, columns.count - from) }, (_row, i) => from + i);
      const spans = rows.map(row => spanAnswer(columns, spanIdAt(columns, row)).span);
      return Promise.resolve({ result: { spans, total: columns.count }, body: new ArrayBuffer(0) });
    },
  } as unknown as Parameters<typeof traceAsJson>[0];
  const write = async (limit: number) => {
    const { text, spans, total } = await traceAsJson(
      client,
      { traceId: columns.traceId, correctSkew: true },
      limit,
    );
    const { resourceSpans } = JSON.parse(text) as TracesJson;
    const names = resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(scope => scope.spans.map(({ name }) => name)),
    );
    return { names, spans, total };
  };

  it('is one document with every span, in order', async () => {
    const { names, spans, total } = await write(1000);
    assert.deepEqual(names, ['root', ...calls.map(([name]) => name)]);
    assert.deepEqual([spans, total], [450, 450]);
  });

  it('ends at the limit, and says of how many it is the beginning', async () => {
    const { names, spans, total } = await write(250);
    assert.deepEqual([names.length, spans, total], [250, 250, 450]);
  });
});
