import assert from 'node:assert/strict';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import type { LogDetail } from '../../src/protocol/logDetail';
import { spanIdAt } from '../../src/core/columns/spanIdAt';
import { nameAt } from '../../webview/waterfall/model/traceFacts';
import { logRecord, pageOf } from './support/logRecords';
import { rowNamed, selectedName } from './support/rows';
import { shopTrace } from './support/shopTrace';
import { spanAnswer, text } from './support/spanAnswer';
import { useWaterfall } from './support/useWaterfall';
import type { FakeHost } from './support/waterfallPage';

describe('the log records of a span', function () {
  this.timeout(60_000);
  const columns = shopTrace();
  const idOf = (name: string) => {
    for (let row = 0; row < columns.count; row++)
      if (nameAt(columns, row) === name) return spanIdAt(columns, row);
    throw new Error(`no span ${name}`);
  };
  const charge = spanAnswer(columns, idOf('chargeCard')).span;
  const start = BigInt(charge.startTimeUnixNano);
  const end = BigInt(charge.endTimeUnixNano);
  const open = useWaterfall();

  /** A host whose spans have these log records; a span's own are those that name it. */
  const hostOf = (all: readonly LogDetail[]): FakeHost => ({
    columns: encodeTraceColumns(columns),
    span: id => spanAnswer(columns, id),
    logs: ({ spanId, ...page }) =>
      pageOf(
        all.filter(log => spanId === undefined || log.spanId === spanId),
        page,
      ),
  });
  const ofCharge = (body: Parameters<typeof logRecord>[0], time: bigint, change: Partial<LogDetail> = {}) =>
    logRecord(body, time, { spanId: charge.spanId, ...change });
  const select = async (host: FakeHost, name = 'chargeCard') => {
    const waterfall = await open(host);
    await rowNamed(waterfall.page, name).locator('.name').click();
    await waterfall.page.getByRole('heading', { name: 'Attributes', exact: true }).waitFor();
    const section = waterfall.page.locator('.section', {
      has: waterfall.page.getByRole('heading', { name: 'Logs', exact: true }),
    });
    return { waterfall, page: waterfall.page, section, items: section.locator('.log') };
  };

  it('stand in a section of their own, counted, with offset, severity and text', async () => {
    const { section, items } = await select(
      hostOf([
        ofCharge('asking the bank', start + 1_500_000n),
        ofCharge('no answer yet', start + 2_000_000n, { severityNumber: 13, severityText: 'warning' }),
        ofCharge('declined', start + 3_000_000n, { severityNumber: 18 }),
      ]),
    );
    assert.equal(await section.locator('.badge').innerText(), '3');
    assert.deepEqual(await items.locator('.severity-text').allInnerTexts(), ['INFO', 'WARN', 'ERROR2']);
    assert.deepEqual(await items.locator('.item-title > .quiet').allInnerTexts(), [
      '+1.5 ms',
      '+2 ms',
      '+3 ms',
    ]);
    assert.deepEqual(await items.locator('.log-body .value').allInnerTexts(), [
      'asking the bank',
      'no answer yet',
      'declined',
    ]);
  });

  it('are absent where there are none', async () => {
    const { section } = await select(hostOf([]));
    assert.equal(await section.count(), 0);
  });

  it('are marked where they lie outside of the span', async () => {
    const { items } = await select(
      hostOf([
        ofCharge('early', start - 1n),
        ofCharge('at its start', start),
        ofCharge('at its end', end),
        ofCharge('late', end + 1n),
        ofCharge('of no time', 0n),
      ]),
    );
    assert.deepEqual(
      await items.evaluateAll(all =>
        all.map(item => item.querySelector('.outside')?.textContent.trim() ?? ''),
      ),
      ['\uea6c before the span', '', '', '\uea6c after the span', ''],
    );
    assert.match(await items.last().innerText(), /no time/);
  });

  it('take the time at which they were observed where they have none of their own', async () => {
    const { items } = await select(
      hostOf([ofCharge('x', start, { timeUnixNano: '0', observedTimeUnixNano: String(start + 7_000_000n) })]),
    );
    const time = items.locator('.item-title > .quiet');
    assert.equal(await time.innerText(), '+7 ms');
    assert.match((await time.getAttribute('title')) ?? '', /when it was observed$/);
  });

  it('unfold structured bodies and attributes like those of a span', async () => {
    const body = { kvlistValue: { values: [text('order', 'o-77'), text('card', 'visa')] } };
    const attributes = [text('code.function', 'authorize'), text('thread.name', 'worker')];
    const { items } = await select(
      hostOf([ofCharge(body, start, { attributes, eventName: 'card.declined' })]),
    );
    await items.getByText('card.declined').waitFor();
    await items.getByText('map of 2').click();
    await items.getByText('o-77').waitFor();
    assert.equal(await items.getByText('authorize').isVisible(), false);
    await items.getByText('2 attributes').focus();
    await items.page().keyboard.press('Enter');
    await items.getByText('authorize').waitFor();
  });

  it('come a page at a time, up to a bound', async () => {
    const all = Array.from({ length: 1250 }, (_, i) => ofCharge(`line ${i}`, start + BigInt(i)));
    const { waterfall, section, items } = await select(hostOf(all));
    assert.equal(await section.locator('.badge').innerText(), '1,250');
    assert.equal(await items.count(), 100);
    for (let page = 2; page <= 10; page++) {
      await section.getByRole('button', { name: /^Show more/ }).click();
      await waterfall.until(async () => (await items.count()) === page * 100);
    }
    assert.deepEqual((await items.locator('.log-body .value').allInnerTexts()).slice(-1), ['line 999']);
    assert.equal(await section.getByRole('button', { name: /^Show more/ }).count(), 0);
    await section.getByText(/250 more log records are not shown here/).waitFor();
    assert.equal(waterfall.posted.filter(message => 'before' in message).length, 9);
  });

  it('say why the next page cannot be read, and ask again', async () => {
    const all = Array.from({ length: 150 }, (_, i) => ofCharge(`line ${i}`, start + BigInt(i)));
    let broken = true;
    const host = hostOf(all);
    const { waterfall, section, items } = await select({
      ...host,
      logs: asked => (broken && asked.before !== undefined ? 'The collector is away.' : host.logs!(asked)),
    });
    await section.getByRole('button', { name: /^Show more/ }).click();
    await section.getByRole('alert').getByText('The collector is away.').waitFor();
    assert.equal(await items.count(), 100);
    broken = false;
    await section.getByRole('button', { name: /^Show more/ }).click();
    await waterfall.until(async () => (await items.count()) === 150);
  });

  it('appear as they come, and those that are shown stay', async () => {
    const all: LogDetail[] = [];
    const { waterfall, section, items } = await select(hostOf(all));
    all.push(ofCharge('first', start));
    await waterfall.send({ type: 'logsChanged' });
    await items.first().waitFor();
    for (let i = 0; i < 149; i++) all.push(ofCharge(`line ${i}`, start + BigInt(i)));
    await waterfall.send({ type: 'logsChanged' });
    await section.getByRole('button', { name: /^Show more/ }).click();
    await waterfall.until(async () => (await items.count()) === 150);
    all.push(ofCharge('last', end));
    await waterfall.send({ type: 'logsChanged' });
    await waterfall.until(async () => (await section.locator('.badge').innerText()) === '151');
    assert.equal(await items.count(), 150);
  });

  it('show hostile text as text', async () => {
    const { items, page } = await select(
      hostOf([
        ofCharge('<img src=x onerror=alert(1)>\u202e\u0007', start, {
          severityNumber: 99,
          severityText: '<b>x</b>',
          eventName: '<i>e</i>',
        }),
      ]),
    );
    assert.equal(await items.locator('img, b, i').count(), 0);
    assert.match(await items.innerText(), /<img src=x onerror=alert\(1\)>⟨U\+202E⟩␇/);
    assert.equal(await items.locator('.severity-text').innerText(), '<b>x</b>');
    assert.equal(await page.locator('.log').count(), 1);
  });

  it('of all spans stand at the root, each leading to its span', async () => {
    const host = hostOf([
      logRecord('of the trace alone', columns.base),
      ofCharge('of the charge', start),
      logRecord('of a span that is not here', start, { spanId: 'feedfeedfeedfeed' }),
    ]);
    const { page } = await select(host, 'POST /checkout');
    const section = page.locator('.section', {
      has: page.getByRole('heading', { name: 'Logs of the trace' }),
    });
    await section.waitFor();
    assert.equal(await section.locator('.badge').innerText(), '3');
    assert.deepEqual(
      await section
        .locator('.log')
        .evaluateAll(all => all.map(log => log.querySelector('.log-span')?.textContent ?? '')),
      ['', 'chargeCard', 'span feedfeedfeedfeed, which is not stored'],
    );
    await section.getByRole('button', { name: 'chargeCard' }).click();
    await page.locator('.row.selected', { hasText: 'chargeCard' }).waitFor();
    assert.equal(await selectedName(page), 'chargeCard');
    await section.waitFor({ state: 'detached' });
  });

  it('of the trace stand under the keys while nothing is selected', async () => {
    const { page } = await open(hostOf([logRecord('started', columns.base)]));
    await page.getByText('Select a span to see everything it carries.').waitFor();
    await page.getByRole('heading', { name: 'Logs of the trace' }).waitFor();
    await page.getByText('started').waitFor();
  });
});
