import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { causeway } from './support/cli';
import { runCommand } from './support/commandPalette';
import { eventually } from './support/eventually';
import { openWorkbench } from './support/openWorkbench';
import type { Workbench } from './support/openWorkbench';
import { sendSpans } from './support/sendSpans';
import { openCauseway, treeRow } from './support/sideBar';
import { webviewFrame } from './support/webviewFrame';

describe('traces in the Traces view', function () {
  this.timeout(180_000);
  let window: Workbench;
  let page: Page;
  const names = ['GET /one', 'GET /two', 'GET /three', 'GET /four'];

  before(async () => {
    window = await openWorkbench({ workspace: 'examples/shop' });
    ({ page } = window);
    await openCauseway(page);
    const start = BigInt(Date.now()) * 1_000_000n;
    const spans = names.map((name, i) => ({
      traceId: `${i + 1}`.repeat(32),
      spanId: '00000000000000a1',
      name,
      start: start + BigInt(i),
      milliseconds: 5,
    }));
    await eventually(
      () =>
        sendSpans(window.otlpHttp, spans).then(
          () => true,
          () => false,
        ),
      done => done,
      { timeout: 30_000, what: 'an answer of the collector' },
    );
    await row('one').waitFor({ timeout: 20_000 });
  });
  after(() => window.close());

  const row = (name: string) => treeRow(page, new RegExp(`^GET /${name},`));
  const pinned = (name: string) => treeRow(page, new RegExp(`^GET /${name}, .*pinned`));
  const stored = async () =>
    ((await causeway(window.dataDir, 'traces')) as { rootName: string }[]).map(({ rootName }) => rootName);

  it('are pinned by their inline action, which says so to a screen reader and turns round', async () => {
    await row('one').hover();
    await row('one').getByRole('button', { name: 'Pin Trace' }).click();
    await pinned('one').waitFor();
    assert.equal(await row('one').locator('.codicon-pinned.custom-view-tree-node-item-icon').count(), 1);
    await row('one').getByRole('button', { name: 'Unpin Trace' }).waitFor();
  });

  it('are pinned and unpinned by their context menu', async () => {
    await chooseFromMenu(page, row('two'), 'Pin Trace');
    await pinned('two').waitFor();
    await chooseFromMenu(page, row('two'), 'Unpin Trace');
    await pinned('two').waitFor({ state: 'detached' });
  });

  it('stay pinned when the collector is restarted', async () => {
    const locks = () => readdirSync(join(window.dataDir, 'locks')).join();
    const before = locks();
    await runCommand(page, 'Causeway: Restart Collector');
    await eventually(locks, now => now !== '' && now !== before, {
      timeout: 30_000,
      what: 'a collector with a lock of its own',
    });
    await eventually(
      () => page.locator('.part.statusbar').innerText(),
      text => /:\d+ · 4/.test(text),
      { timeout: 30_000, what: 'the collector' },
    );
    await pinned('one').waitFor();
  });

  it('say with a span selected that only whole traces are deleted', async () => {
    await row('four').locator('.monaco-tl-twistie').click();
    const span = treeRow(page, /^GET \/four, 5 ms/);
    await span.click();
    await webviewFrame(page)
      .getByRole('heading', { level: 1, name: 'GET /four' })
      .waitFor({ timeout: 20_000 });
    await page.locator('.part.sidebar').getByRole('tree').focus();
    await page.keyboard.press('Delete');
    await page
      .locator('.part.statusbar')
      .getByText(/Select a trace to delete it/)
      .waitFor();
    assert.equal((await stored()).length, 4);
  });

  it('are not deleted where the question is answered with Cancel', async () => {
    await row('three').click();
    await page.locator('.part.sidebar').getByRole('tree').focus();
    await page.keyboard.press('Delete');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Delete the trace “GET /three”?').waitFor();
    await dialog.getByText(/1 span and its log records .* cannot be undone/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await row('three').waitFor();
    assert.equal((await stored()).length, 4);
  });

  it('are deleted by the Delete key, several at once, and an open waterfall says so', async () => {
    await row('three').click();
    const view = webviewFrame(page);
    await view.getByRole('heading', { level: 1, name: 'GET /three' }).waitFor({ timeout: 20_000 });
    await row('one').click({ modifiers: ['ControlOrMeta'] });
    await page.keyboard.press('Delete');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Delete 2 traces?').waitFor();
    await dialog.getByText(/1 of them is pinned/).waitFor();
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    for (const name of ['one', 'three']) await row(name).waitFor({ state: 'detached', timeout: 10_000 });
    await view
      .getByRole('alert')
      .getByText(/This trace is no longer stored. It was deleted/)
      .waitFor();
    assert.deepEqual(await stored(), ['GET /four', 'GET /two']);
  });

  it('have left no error on the console', () => assert.deepEqual(window.errors, []));
});

async function chooseFromMenu(page: Page, row: ReturnType<typeof treeRow>, item: string): Promise<void> {
  await row.click({ button: 'right' });
  const entry = page.getByRole('menuitem', { name: item, exact: true });
  await entry.waitFor();
  // A menu takes no click in its first moments, so that the one that opened it does not choose from it.
  await eventually(
    async () => {
      if (await entry.isVisible()) await entry.click();
      return entry.isVisible();
    },
    visible => !visible,
    { what: 'the end of the menu' },
  );
}
