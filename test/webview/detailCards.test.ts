import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { spanIdAt } from '../../src/core/columns/spanIdAt';
import { nameAt } from '../../webview/waterfall/model/traceFacts';
import { categoryHost, linkedTrace } from './support/categorySpans';
import { rowNamed, selectedName } from './support/rows';
import { shopTrace } from './support/shopTrace';
import { themeNames } from './support/themes';
import { useWaterfall } from './support/useWaterfall';
import { violations } from './support/violations';
import type { FakeHost } from './support/waterfallPage';

describe('the details of a span by its category', function () {
  this.timeout(60_000);
  const columns = shopTrace();
  const idOf = (name: string) =>
    spanIdAt(columns, Array.from({ length: columns.count }, (_, row) => nameAt(columns, row)).indexOf(name));
  const publisher = idOf('orders.failed publish');
  const host: FakeHost = { columns: encodeTraceColumns(columns), ...categoryHost(columns, publisher) };
  const open = useWaterfall();

  async function select(page: Page, name: string): Promise<string> {
    await rowNamed(page, name).locator('.name').click();
    await page.getByRole('button', { name: 'span as JSON' }).waitFor();
    return page.getByRole('region', { name: 'Span details' }).innerText();
  }

  const cases: { name: string; says: string[] }[] = [
    { name: 'POST /checkout', says: ['POST', '502 server error', '/checkout', 'req-7f31', '203.0.113.9'] },
    { name: 'auth.verify', says: ['allowed', 'api-key', 'acme'] },
    { name: 'SELECT carts WHERE id = $1', says: ['postgresql', 'db.internal:5432', 'c-1042'] },
    { name: 'POST payments.internal/charge', says: ['402 client error', 'content-type', '"amount": 129.90'] },
    { name: 'orders.failed publish', says: ['kafka', 'orders.failed', 'm-9', 'orders.failed process'] },
    {
      name: 'risk.score',
      says: ['risk-large', '812 in, 9 out, 821 in all', 'Is this order risky?', 'No: 0.12'],
    },
    { name: 'BankGateway/Authorize', says: ['bank.Gateway', '7 PERMISSION_DENIED'] },
  ];
  for (const { name, says } of cases)
    it(`begin with what matters for ${name}`, async () => {
      const { page } = await open(host);
      const text = await select(page, name);
      for (const part of says) assert.ok(text.includes(part), `${part} in ${text}`);
    });

  it('take what the steps of an entry point decided', async () => {
    const { page } = await open(host);
    await select(page, 'POST /checkout');
    await page.getByText('12 of 60 left').waitFor();
    await page.locator('.fact', { hasText: 'Tenant' }).getByText('acme').waitFor();
  });

  it('lay out a query, and copy it as it came', async () => {
    const waterfall = await open(host);
    const { page } = waterfall;
    await select(page, 'SELECT carts WHERE id = $1');
    await page.waitForFunction(() =>
      (document.querySelector('.sql')?.textContent ?? '').includes('\nFROM\n'),
    );
    assert.equal(await page.locator('.sql-parameter').first().textContent(), '$1');
    assert.ok((await page.locator('.sql-keyword').allTextContents()).includes('SELECT'));
    await page.getByRole('button', { name: 'Copy query' }).click();
    assert.match((await waterfall.message('copy')).text, /^SELECT c\.id, c\.owner, count/);
  });

  it('say how long others of its kind took', async () => {
    const { page } = await open(host);
    await select(page, 'SELECT carts WHERE id = $1');
    await page.getByText('1,204 spans of the same query in the store; 3 errors.').waitFor();
    await page.getByText('Slow: 4.2× the median. p50 3.1 ms · p95 9 ms · max 40 ms').waitFor();
  });

  it('copy a request as a curl command without its secrets, the traceparent, and the span', async () => {
    const waterfall = await open(host);
    const { page, posted } = waterfall;
    await select(page, 'POST payments.internal/charge');
    const actions = page.getByRole('list', { name: 'Copy' });
    for (const name of ['curl', 'traceparent', 'span as JSON'])
      await actions.getByRole('button', { name }).click();
    await waterfall.until(() => posted.filter(({ type }) => type === 'copy').length === 3);
    const [curl, parent, json] = posted.flatMap(message => (message.type === 'copy' ? [message.text] : []));
    assert.match(curl ?? '', /--url 'http:\/\/payments\.internal\/charge'[^]*authorization: REDACTED/);
    assert.ok(!curl?.includes('hunter2'));
    assert.equal(parent, `00-${columns.traceId}-${idOf('POST payments.internal/charge')}-01`);
    assert.match(json ?? '', /^\{\n {2}"traceId": "5b8efff7/);
  });

  it('narrow the attributes to those with a text in key or value, and copy a key', async () => {
    const waterfall = await open(host);
    const { page } = waterfall;
    await select(page, 'POST /checkout');
    const search = page.getByRole('searchbox', { name: 'Search attributes' });
    const keys = async () => {
      const texts = await page.locator('.section', { has: search }).locator('.attribute dt').allInnerTexts();
      return texts.map(text => text.split('\n')[0]);
    };
    await search.fill('REQ');
    assert.deepEqual(await keys(), ['http.request.method', 'request_id']);
    await search.fill('203.0');
    assert.deepEqual(await keys(), ['client.address']);
    await page.getByRole('button', { name: 'Copy the key client.address' }).focus();
    await page.keyboard.press('Enter');
    assert.equal((await waterfall.message('copy')).text, 'client.address');
    await search.fill('nowhere');
    await page.getByText('No attribute has this text.').waitFor();
  });

  it('lead from a hand-off to the trace that it became, telling where from', async () => {
    const waterfall = await open(host);
    const { page } = waterfall;
    await select(page, 'orders.failed publish');
    await page.getByRole('button', { name: 'send mail' }).first().click();
    assert.deepEqual(await waterfall.message('openTrace'), {
      type: 'openTrace',
      traceId: linkedTrace,
      spanId: 'b7ad6b7169203331',
      from: { traceId: columns.traceId, spanId: publisher, name: 'orders.failed publish' },
    });
  });

  it('are followed and left again by keyboard', async () => {
    const waterfall = await open(host);
    const { page } = waterfall;
    await select(page, 'orders.failed publish');
    await page.keyboard.press('l');
    // Its own link comes before those of others to it.
    assert.equal((await waterfall.message('openTrace')).traceId, '0af7651916cd43dd8448eb211c80319c');
    const from = { traceId: columns.traceId, spanId: idOf('chargeCard'), name: 'chargeCard' };
    await waterfall.send({ type: 'followed', from });
    await page.getByRole('button', { name: 'Back to chargeCard' }).waitFor();
    await page.keyboard.press('b');
    await waterfall.until(async () => (await selectedName(page)) === 'chargeCard');
  });

  it('lead back to where a link was followed, also after a reload', async () => {
    const waterfall = await open(host);
    const { page, posted } = waterfall;
    await select(page, 'chargeCard');
    const from = { traceId: linkedTrace, spanId: 'b7ad6b7169203331', name: 'send mail' };
    await waterfall.send({ type: 'followed', from });
    await page.getByRole('button', { name: 'Back to send mail' }).waitFor();
    await waterfall.until(async () => (await waterfall.state()).followed?.length === 1);
    await page.reload();
    await page.getByRole('button', { name: 'Back to send mail' }).click();
    await waterfall.until(() => posted.some(({ type }) => type === 'openTrace'));
    assert.deepEqual(
      posted.find(({ type }) => type === 'openTrace'),
      {
        type: 'openTrace',
        traceId: linkedTrace,
        spanId: 'b7ad6b7169203331',
      },
    );
    assert.equal(await page.getByRole('button', { name: /^Back to/ }).count(), 0);
    assert.equal(await selectedName(page), 'chargeCard');
  });

  for (const theme of themeNames)
    it(`have nothing that axe-core objects to in the theme ${theme}`, async () => {
      const { page } = await open(host, { theme });
      for (const name of ['POST /checkout', 'SELECT carts WHERE id = $1', 'risk.score']) {
        await select(page, name);
        assert.deepEqual(await violations(page, '.detail-pane'), [], name);
      }
    });
});
