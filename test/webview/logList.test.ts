import assert from 'node:assert/strict';
import type { LogDetail } from '../../src/protocol/logDetail';
import { logRecord, pageOf } from './support/logRecords';
import { openLogs, type FakeLogs, type LogsPage } from './support/logsPage';
import { settled } from './support/rows';
import { text } from './support/spanAnswer';
import { themeNames } from './support/themes';
import { usePages } from './support/usePages';
import { violations } from './support/violations';

const newest = 1_760_000_000_000_000_000n;
const traceId = '5b8efff798038103d269b633813fc60c';

/** `record 0` is the newest one. */
function record(age: number, change: Partial<LogDetail> = {}): LogDetail {
  return logRecord(`record ${age}`, newest - BigInt(age) * 1_000_000n, { traceId: '', ...change });
}

/** A host with these records, newest first. */
function hostOf(all: readonly LogDetail[]): FakeLogs {
  return ({ minSeverity = 0, ...page }) =>
    pageOf(
      all.filter(({ severityNumber }) => severityNumber >= minSeverity),
      page,
    );
}

describe('the list of log records', function () {
  this.timeout(60_000);
  const open = usePages(openLogs);
  const rows = ({ page }: LogsPage) => page.locator('.log-row:not(.header)');
  const messages = (view: LogsPage) => rows(view).locator('.message').allTextContents();
  const asked = (view: LogsPage) => view.posted.filter(message => message.type === 'getLogs');
  const records = (count: number) => Array.from({ length: count }, (_, i) => record(i));
  const show = async (host: FakeLogs, options?: Parameters<typeof openLogs>[2]) => {
    const view = await open(host, options);
    await view.page.getByRole('columnheader', { name: 'Message' }).waitFor();
    await settled(view.page);
    return view;
  };

  it('has time, severity, service and text of each, newest first, and says how many there are', async () => {
    const view = await show(
      hostOf([
        record(0, { severityNumber: 17, service: 'payments' }),
        record(1, { eventName: 'card.declined', body: { kvlistValue: { values: [text('card', 'visa')] } } }),
        record(2, { body: {}, timeUnixNano: '0', observedTimeUnixNano: '0' }),
      ]),
    );
    assert.deepEqual(await messages(view), ['record 0', 'card.declined: {"card":"visa"}', 'no body']);
    assert.deepEqual(await rows(view).locator('.severity-text').allTextContents(), ['ERROR', 'INFO', 'INFO']);
    assert.match(
      (await rows(view).first().innerText()).replace(/\s+/g, ' '),
      /\d\d:\d\d:\d\d\.\d{3} .*ERROR payments/,
    );
    assert.match(await rows(view).last().innerText(), /no time/);
    await view.page.getByText('3 log records', { exact: true }).waitFor();
  });

  it('draws and holds what is near the view alone, of a million records', async () => {
    const million = 1_000_000;
    const view = await show(({ before, limit }) => {
      const from = Number(before ?? 0);
      const logs = Array.from({ length: Math.min(limit, million - from) }, (_, i) => record(from + i));
      return { logs, total: million, cursor: String(from + limit) };
    });
    const { page } = view;
    await page.getByText('1,000,000 log records').waitFor();
    await page.getByRole('grid').focus();
    for (let pages = 2; pages <= 30; pages++) {
      await page.keyboard.press('End');
      await view.until(() => asked(view).length >= pages);
      await settled(page);
    }
    assert.ok((await rows(view).count()) < 60);
    await page.keyboard.press('Home');
    await rows(view).first().getByText('record 0', { exact: true }).waitFor();
    const again = asked(view).filter(({ before }) => before === undefined);
    assert.equal(again.length, 2, 'the first page was dropped and asked for again');
  });

  it('asks for the next page before its end is seen', async () => {
    const view = await show(hostOf(records(450)));
    assert.equal(asked(view).length, 1);
    await view.page.getByRole('grid').evaluate(grid => grid.scrollTo(0, 150 * 22));
    await view.until(() => asked(view).length === 2);
    await view.page.getByRole('grid').evaluate(grid => grid.scrollTo(0, 1e9));
    await view.until(() => asked(view).length === 3);
    await view.page.getByRole('grid').evaluate(grid => grid.scrollTo(0, 1e9));
    await rows(view).last().getByText('record 449', { exact: true }).waitFor();
  });

  it('shows newer records as they come', async () => {
    const all = records(3);
    const view = await show(hostOf(all));
    all.unshift(record(-1));
    await view.send({ type: 'changed', logCount: 4 });
    await rows(view).first().getByText('record -1').waitFor();
    assert.equal(await view.page.getByRole('button', { name: 'Newer log records' }).count(), 0);
  });

  for (const [what, stop] of [
    [
      'a record is selected',
      async ({ page }: LogsPage) => page.getByText('record 1', { exact: true }).click(),
    ],
    [
      'it is scrolled down',
      ({ page }: LogsPage) => page.getByRole('grid').evaluate(grid => grid.scrollTo(0, 100)),
    ],
    ['it is not live', ({ page }: LogsPage) => page.getByRole('button', { name: 'Live' }).click()],
  ] as const)
    it(`stands still while ${what}, and shows newer ones on demand`, async () => {
      const all = records(150);
      const view = await show(hostOf(all));
      await stop(view);
      await settled(view.page);
      all.unshift(record(-1));
      await view.send({ type: 'changed', logCount: 151 });
      await view.page.getByRole('button', { name: 'Newer log records' }).click();
      await rows(view).first().getByText('record -1').waitFor();
      assert.equal(await view.page.getByRole('grid').evaluate(grid => grid.scrollTop), 0);
    });

  it('is empty as soon as all is cleared', async () => {
    const all = records(5);
    const view = await show(hostOf(all));
    await rows(view).first().click();
    all.length = 0;
    await view.send({ type: 'changed', logCount: 0 });
    await view.page.getByText('Waiting for the first log record.').waitFor();
    assert.equal(await view.page.getByRole('region', { name: 'Log record' }).count(), 0);
  });

  it('shows those of a severity and above, and says so where there are none', async () => {
    const view = await show(
      hostOf([record(0), record(1, { severityNumber: 13 }), record(2, { severityNumber: 18 })]),
    );
    const severity = view.page.getByRole('combobox', { name: 'Severity' });
    await severity.selectOption('Warnings and above');
    await view.page.getByText('2 log records of this severity').waitFor();
    assert.deepEqual(await messages(view), ['record 1', 'record 2']);
    await severity.selectOption('Fatal alone');
    await view.page.getByText('No log record of this severity is stored.').waitFor();
    await view.page.getByRole('button', { name: 'Show All Severities' }).click();
    await view.until(async () => (await messages(view)).length === 3);
  });

  it('says what to do while there is none', async () => {
    const view = await open(hostOf([]));
    await view.page.getByText('Waiting for the first log record.').waitFor();
    await view.page.getByRole('button', { name: 'Copy OTLP Environment' }).click();
    await view.message('copyEnvironment');
  });

  it('says why records cannot be read, and asks again', async () => {
    let broken = true;
    const host = hostOf(records(300));
    const view = await open(message => (broken ? 'The collector is away.' : host(message)));
    await view.page.getByRole('alert').getByText('The collector is away.').waitFor();
    broken = false;
    await view.page.getByRole('button', { name: 'Retry' }).click();
    await rows(view).first().waitFor();
    broken = true;
    await view.page.getByRole('grid').evaluate(grid => grid.scrollTo(0, 150 * 22));
    await view.page.getByRole('alert').waitFor();
    await rows(view).first().waitFor();
    broken = false;
    await view.page.getByRole('button', { name: 'Retry' }).click();
    await view.page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('is walked by keyboard, down to the trace at the span', async () => {
    const spanId = '00f067aa0ba902b7';
    const view = await show(hostOf([record(0), record(1, { traceId, spanId }), ...records(50)]));
    const { page } = view;
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const selected = page.locator('.log-row.selected');
    await selected.getByText('record 1', { exact: true }).waitFor();
    assert.equal(
      await page.getByRole('grid').getAttribute('aria-activedescendant'),
      await selected.getAttribute('id'),
    );
    await page.keyboard.press('Enter');
    assert.deepEqual(await view.message('openTrace'), { type: 'openTrace', traceId, spanId });
    await page.keyboard.press('End');
    await selected.getByText('record 49', { exact: true }).waitFor();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Home');
    await selected.getByText('record 0', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await selected.waitFor({ state: 'detached' });
  });

  it('shows everything that a record carries, and leads to its trace', async () => {
    const view = await show(
      hostOf([
        record(0, {
          traceId,
          severityNumber: 17,
          severityText: 'err',
          attributes: [text('thread.name', 'worker-7')],
          body: { stringValue: '{"order":"o-77"}' },
        }),
      ]),
    );
    const { page } = view;
    await rows(view).first().click();
    const pane = page.getByRole('region', { name: 'Log record' });
    for (const shown of ['worker-7', traceId, 'err', 'payments.bank'])
      await pane.getByText(shown, { exact: true }).first().waitFor();
    assert.match(await pane.locator('.log-body').innerText(), /\{\n {2}"order": "o-77"\n\}/);
    await pane.getByRole('button', { name: 'Open trace', exact: true }).click();
    assert.deepEqual(await view.message('openTrace'), { type: 'openTrace', traceId });
    await pane.focus();
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
  });

  it('shows hostile text as text, in one line', async () => {
    const view = await show(
      hostOf([
        record(0, {
          body: { stringValue: `<img src=x onerror=alert(1)>\n\u202e\u0000${'x'.repeat(100_000)}` },
          service: '<b>s</b>',
          severityNumber: 0,
          severityText: '<i>t</i>',
        }),
      ]),
    );
    assert.equal(await rows(view).locator('img, b, i').count(), 0);
    assert.match(await rows(view).innerText(), /<img src=x onerror=alert\(1\)>␊⟨U\+202E⟩␀xxx/);
    assert.ok((await rows(view).locator('.message').innerText()).length < 400);
  });

  it('comes back as it was set', async () => {
    const first = await show(hostOf(records(3)));
    await first.page.getByRole('combobox').selectOption('Info and above');
    await first.page.getByRole('button', { name: 'Live' }).click();
    const state = await first.state();
    assert.deepEqual(state, { live: false, minSeverity: 9 });
    const second = await show(hostOf(records(3)), { state });
    assert.equal(await second.page.getByRole('combobox').inputValue(), '9');
    assert.equal(
      await second.page.getByRole('button', { name: 'Live' }).getAttribute('aria-pressed'),
      'false',
    );
    assert.equal(asked(second)[0]?.minSeverity, 9);
  });

  const every = Array.from({ length: 25 }, (_, severityNumber) =>
    record(severityNumber, { severityNumber, traceId }),
  );
  for (const theme of themeNames) {
    it(`has nothing that axe finds in ${theme}`, async () => {
      const view = await show(hostOf(every), { theme });
      assert.deepEqual(await violations(view.page), []);
      await rows(view).nth(1).click();
      await view.page.getByRole('region', { name: 'Log record' }).waitFor();
      assert.deepEqual(await violations(view.page), []);
    });

    it(`has nothing that axe finds in ${theme} while it is empty`, async () => {
      const view = await open(hostOf([]), { theme });
      await view.page.getByRole('button', { name: 'Copy OTLP Environment' }).waitFor();
      assert.deepEqual(await violations(view.page), []);
    });
  }

  it('has nothing that axe finds on a page of 500 px', async () => {
    const view = await show(hostOf(every), { width: 500 });
    await rows(view).first().click();
    assert.deepEqual(await violations(view.page), []);
  });
});
