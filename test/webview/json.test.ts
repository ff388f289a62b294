import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { spanIdAt } from '../../src/core/columns/spanIdAt';
import type { TraceColumns } from '../../src/core/columns/traceColumns';
import { generatedTrace } from './support/generatedTrace';
import { rowNamed, settled } from './support/rows';
import { shopTrace } from './support/shopTrace';
import { spanAnswer } from './support/spanAnswer';
import { useWaterfall } from './support/useWaterfall';

describe('the JSON of a trace', function () {
  this.timeout(60_000);
  const columns = shopTrace();
  const open = useWaterfall();

  /** The JSON view, with the collector's answers to its questions. */
  const show = async (trace: TraceColumns, firstSelected?: string) => {
    const waterfall = await open({
      columns: encodeTraceColumns(trace),
      span: id => spanAnswer(trace, id),
      ask: ({ method, params }) => {
        if (method !== 'spans') return undefined;
        const from = Number(params['from']);
        const rows = Array.from({ length: Math.min(100, trace.count - from) }, (_, i) => from + i);
        return {
          spans: rows.map(row => spanAnswer(trace, spanIdAt(trace, row)).span),
          total: trace.count,
        };
      },
    });
    const { page } = waterfall;
    if (firstSelected !== undefined) await rowNamed(page, firstSelected).locator('.name').click();
    await page.getByRole('button', { name: 'JSON', exact: true }).click();
    await page.locator('.json-line').first().waitFor();
    return waterfall;
  };

  it('is OTLP/JSON, gone to the selected span, whose lines are marked', async () => {
    const { page } = await show(columns, 'chargeCard');
    await page.locator('.json-line.selected', { hasText: '"name": "chargeCard"' }).waitFor();
    await page.locator('.json-page').evaluate(element => element.scrollTo(0, 0));
    await settled(page);
    const top = await page.locator('.json-line').allTextContents();
    assert.deepEqual(
      top.slice(0, 4).map(line => line.trim()),
      ['{', '"resourceSpans": [', '{', '"resource": {'],
    );
  });

  it('copies the selected span as it stands', async () => {
    const waterfall = await show(columns, 'auth.verify');
    await waterfall.page.getByRole('button', { name: 'Copy span', exact: true }).click();
    const { text } = await waterfall.message('copy');
    const copied = JSON.parse(text) as { name: string; startTimeUnixNano: string };
    assert.equal(copied.name, 'auth.verify');
    assert.match(copied.startTimeUnixNano, /^\d{19}$/);
  });

  it('selects the span of a line that is clicked', async () => {
    const { page } = await show(columns);
    const line = page.locator('.json-line', { hasText: '"name": "POST /checkout"' });
    await line.click();
    await page.locator('.json-line.selected', { hasText: '"name": "POST /checkout"' }).waitFor();
    await page
      .getByRole('region', { name: 'Span details' })
      .getByRole('heading', { name: 'POST /checkout' })
      .waitFor();
  });

  it('asks the host to open or copy all of it', async () => {
    const waterfall = await show(columns);
    await waterfall.page.getByRole('button', { name: 'Open as document' }).click();
    assert.deepEqual(await waterfall.message('exportJson'), {
      type: 'exportJson',
      to: 'document',
      correctSkew: true,
    });
  });

  it('goes through a large trace in pages, and says where it ends what is copied', async () => {
    const large = buildTraceColumns(columns.traceId, generatedTrace(10_050));
    const waterfall = await show(large);
    const { page } = waterfall;
    await page.getByText('Spans 1–100 of 10,050').waitFor();
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('Spans 101–200 of 10,050').waitFor();
    await page.getByRole('button', { name: 'Open the first 10,000 spans as document' }).waitFor();
    const asked = waterfall.posted.flatMap(message =>
      message.type === 'ask' && message.method === 'spans' ? [message.params['from']] : [],
    );
    assert.deepEqual(asked, [0, 100]);
    assert.ok((await page.locator('.json-line').count()) < 80);
  });

  it('says why it cannot be read, and tries again', async () => {
    let tries = 0;
    const waterfall = await open({
      columns: encodeTraceColumns(columns),
      ask: ({ method }) =>
        method !== 'spans'
          ? undefined
          : ++tries === 1
            ? 'The collector is away.'
            : { spans: [spanAnswer(columns, spanIdAt(columns, 0)).span], total: columns.count },
    });
    const { page } = waterfall;
    await page.getByRole('button', { name: 'JSON', exact: true }).click();
    await page.getByRole('alert').getByText('The collector is away.').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.locator('.json-line').first().waitFor();
  });
});
