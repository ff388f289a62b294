import assert from 'node:assert/strict';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { spanIdAt } from '../../src/core/columns/spanIdAt';
import { nameAt } from '../../webview/waterfall/model/traceFacts';
import { shopTrace } from './support/shopTrace';
import { spanAnswer } from './support/spanAnswer';
import { useWaterfall } from './support/useWaterfall';
import type { FakeHost, WaterfallPageOptions } from './support/waterfallPage';
import { rowNamed, selectedName, settled } from './support/rows';

describe('the waterfall', function () {
  this.timeout(60_000);
  const columns = shopTrace();
  /** Six calls of the same query are one row. */
  const rows = columns.count - 5;
  const shop: FakeHost = { columns: encodeTraceColumns(columns), span: id => spanAnswer(columns, id) };
  const idOf = (name: string) =>
    spanIdAt(columns, Array.from({ length: columns.count }, (_, row) => nameAt(columns, row)).indexOf(name));
  const open = useWaterfall();
  const show = (host: FakeHost = shop, options?: WaterfallPageOptions) => open(host, options);

  it('shows every span of the trace as a row of a treegrid, with level, position and set size', async () => {
    const { page } = await show();
    await rowNamed(page, 'POST /checkout').waitFor();
    const shown = await page
      .locator('.row')
      .evaluateAll(elements =>
        elements.map(element => [
          element.querySelector('.name')?.textContent,
          ...['level', 'posinset', 'setsize', 'expanded', 'rowindex'].map(name =>
            element.getAttribute(`aria-${name}`),
          ),
        ]),
      );
    assert.equal(shown.length, rows);
    assert.deepEqual(shown.slice(0, 6), [
      ['POST /checkout', '1', '1', '1', 'true', '2'],
      ['auth.verify', '2', '1', '3', null, '3'],
      ['rate_limit.check', '2', '2', '3', null, '4'],
      ['POST orders.internal/orders', '2', '3', '3', 'true', '5'],
      ['POST /orders', '3', '1', '1', 'true', '6'],
      ['loadCart', '4', '1', '5', 'true', '7'],
    ]);
    assert.equal(await page.getByRole('treegrid').getAttribute('aria-rowcount'), String(rows + 1));
  });

  it('says in words what a bar shows', async () => {
    const { page } = await show();
    await page
      .getByRole('row', {
        name: /chargeCard orders 248 ms, starts at 124 ms, error, 3 ms of it by itself, on the critical path: 0.7 % of it/,
      })
      .waitFor();
  });

  it('heads the trace with its name, duration, start, counts, services and id', async () => {
    const { page } = await show();
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'POST /checkout');
    const header = await page.locator('.trace-header').innerText();
    for (const part of ['431 ms', '25 spans', '7 errors', '7 services', columns.traceId, 'gateway', 'mailer'])
      assert.ok(header.includes(part), `${part} in ${header}`);
  });

  it('copies the trace id through the host', async () => {
    const waterfall = await show();
    await waterfall.page.getByRole('button', { name: 'Copy trace ID' }).click();
    assert.deepEqual(await waterfall.message('copy'), {
      type: 'copy',
      text: columns.traceId,
      what: 'trace ID',
    });
  });

  it('folds and unfolds at the twistie, and counts the errors that a fold hides', async () => {
    const { page } = await show();
    const row = rowNamed(page, 'POST /orders');
    await row.locator('.twistie').click();
    await settled(page);
    assert.equal(await row.getAttribute('aria-expanded'), 'false');
    assert.equal(await page.locator('.row').count(), 5);
    assert.match((await row.textContent()) ?? '', /4 errors folded away below/);
    await row.locator('.twistie').click();
    await settled(page);
    assert.equal(await page.locator('.row').count(), rows);
  });

  it('folds everything below at Alt and the twistie', async () => {
    const { page } = await show();
    const root = rowNamed(page, 'POST /checkout');
    await root.locator('.twistie').click({ modifiers: ['Alt'] });
    await settled(page);
    assert.equal(await page.locator('.row').count(), 1);
    await root.locator('.twistie').click();
    await settled(page);
    assert.equal(await page.locator('.row').count(), 4);
  });

  it('shows the selected span in the detail pane', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    await rowNamed(page, 'chargeCard').locator('.name').click();
    await page.getByRole('button', { name: /Open throwing line: payments\/src\/bank\.ts:42$/ }).waitFor();
    const detail = await page.getByRole('region', { name: 'Span details' }).innerText();
    for (const part of [
      'chargeCard',
      'PaymentDeclinedError',
      '"amount": 129.90',
      'card was declined: insufficient funds',
      'Internal',
      idOf('chargeCard'),
      '0x101 (sampled, local parent)',
      'rojo=00f067aa0ba902b7',
      'card.tokenized',
      '+1.25 ms',
      'http.response.',
    ])
      assert.ok(detail.includes(part), `${part} in ${detail}`);
    assert.deepEqual(await waterfall.message('selected'), { type: 'selected', spanId: idOf('chargeCard') });
  });

  it('opens the throwing line, and any frame that resolves', async () => {
    const waterfall = await show();
    const { page, posted } = waterfall;
    await rowNamed(page, 'chargeCard').locator('.name').click();
    await page.getByRole('button', { name: /Open throwing line/ }).click();
    await page.getByRole('button', { name: /at async charge/ }).click();
    await page.getByRole('listitem').filter({ hasText: 'processTicksAndRejections' }).click();
    const spanId = idOf('chargeCard');
    assert.deepEqual(
      posted.filter(({ type }) => type === 'openSource'),
      [
        { type: 'openSource', spanId, place: 'top' },
        { type: 'openSource', spanId, place: { exception: 0, frame: 1 } },
      ],
    );
  });

  it('follows a link to another trace', async () => {
    const waterfall = await show();
    await rowNamed(waterfall.page, 'orders.failed publish').locator('.name').click();
    await waterfall.page.getByRole('button', { name: /0af7651916cd43dd8448eb211c80319c/ }).click();
    assert.deepEqual(await waterfall.message('openTrace'), {
      type: 'openTrace',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      from: {
        traceId: columns.traceId,
        spanId: idOf('orders.failed publish'),
        name: 'orders.failed publish',
      },
    });
  });

  it('selects the parent from the detail pane', async () => {
    const { page } = await show();
    await rowNamed(page, 'auth.verify').locator('.name').click();
    await page.getByRole('button', { name: idOf('POST /checkout') }).click();
    await settled(page);
    assert.equal(await selectedName(page), 'POST /checkout');
  });

  it('unfolds nested attribute values and copies them as JSON', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    await rowNamed(page, 'auth.verify').locator('.name').click();
    await page.getByText('map of 2').click();
    await page.getByText('map of 1').click();
    await page.getByText('Bern').waitFor();
    await page.getByRole('button', { name: 'Copy customer' }).focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(await waterfall.message('copy'), {
      type: 'copy',
      text: JSON.stringify({ id: 'c-1042', address: { city: 'Bern' } }, null, 2),
      what: 'customer',
    });
  });

  it('says why a span cannot be read, and tries again', async () => {
    let broken = true;
    const { page } = await show({
      ...shop,
      span: id => (broken ? 'The collector is away.' : spanAnswer(columns, id)),
    });
    await rowNamed(page, 'auth.verify').locator('.name').click();
    await page.getByText('The collector is away.').waitFor();
    broken = false;
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('http.request.').first().waitFor();
  });

  it('drops the answer for a span that is no longer selected', async () => {
    const waitingFor: string[] = [];
    const waterfall = await show({ ...shop, span: id => void waitingFor.push(id) });
    const { page } = waterfall;
    await rowNamed(page, 'auth.verify').locator('.name').click();
    await rowNamed(page, 'chargeCard').locator('.name').click();
    const first = await waterfall.message('getSpan');
    assert.equal(first.spanId, idOf('auth.verify'));
    const { requestId } = first;
    const logs = { logs: [], total: 0 };
    await waterfall.send({ type: 'span', requestId, ...spanAnswer(columns, first.spanId), logs });
    await waterfall.until(() => waitingFor.length === 2);
    assert.deepEqual(waitingFor, [idOf('auth.verify'), idOf('chargeCard')]);
    assert.equal(await page.getByText('http.request.method').count(), 0, 'the first answer is not shown');
  });

  it('says why the whole trace cannot be shown, and asks again', async () => {
    const waterfall = await show({});
    const { page } = waterfall;
    await waterfall.message('ready');
    await waterfall.send({ type: 'unavailable', message: 'The trace is not stored yet.', retry: true });
    await page.getByText('The trace is not stored yet.').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await waterfall.message('retry');
    await waterfall.send({ type: 'snapshot', columns: encodeTraceColumns(columns) });
    await rowNamed(page, 'POST /checkout').waitFor();
    assert.equal(await page.getByText('The trace is not stored yet.').count(), 0);
  });

  it('keeps the trace on screen when it is no longer stored, and says so', async () => {
    const waterfall = await show();
    await rowNamed(waterfall.page, 'POST /checkout').waitFor();
    await waterfall.send({ type: 'unavailable', message: 'This trace is no longer stored.', retry: false });
    await waterfall.page.getByRole('alert').getByText('This trace is no longer stored.').waitFor();
    assert.equal(await waterfall.page.locator('.row').count(), rows);
  });

  it('selects the span it was opened for, in the middle of the view', async () => {
    const { page } = await show({ ...shop, reveal: idOf('send apology mail') }, { height: 400 });
    await page.locator('.row.selected').waitFor();
    assert.equal(await selectedName(page), 'send apology mail');
    assert.ok(await rowNamed(page, 'send apology mail').locator('.name').isVisible());
  });

  it('moves the line between tree and time by keyboard and by pointer', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    const line = page.getByRole('separator', { name: 'Width of the span column' });
    await line.focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await line.getAttribute('aria-valuenow'), '376');
    const box = (await line.boundingBox())!;
    await page.mouse.move(box.x + 2, box.y + 300);
    await page.mouse.down();
    await page.mouse.move(box.x - 98, box.y + 300, { steps: 4 });
    await page.mouse.up();
    assert.equal(await line.getAttribute('aria-valuenow'), '276');
    await waterfall.until(async () => (await waterfall.state()).treeWidth === 276);
  });

  it('puts the details below the rows on a narrow page', async () => {
    const { page } = await show(shop, { width: 600 });
    const grid = (await page.locator('.grid-pane').boundingBox())!;
    const detail = (await page.locator('.detail-pane').boundingBox())!;
    assert.equal(grid.width, 600);
    assert.ok(detail.y >= grid.y + grid.height - 1);
    await page.getByRole('separator', { name: 'Height of the details' }).waitFor();
  });

  it('takes on another theme while it is open', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    await rowNamed(page, 'POST /checkout').waitFor();
    const colour = () =>
      page.evaluate(
        () => document.querySelector('canvas')!.toDataURL() + getComputedStyle(document.body).backgroundColor,
      );
    const dark = await colour();
    await waterfall.setTheme('light');
    await waterfall.until(async () => (await colour()) !== dark);
    assert.ok((await colour()).endsWith('rgb(255, 255, 255)'));
  });
});
