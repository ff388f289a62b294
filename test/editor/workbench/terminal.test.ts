import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './support/commandPalette';
import { eventually } from './support/eventually';
import { openWorkbench } from './support/openWorkbench';
import type { Workbench } from './support/openWorkbench';
import { openCauseway } from './support/sideBar';

describe('an integrated terminal', function () {
  this.timeout(120_000);
  let window: Workbench;
  before(async () => {
    window = await openWorkbench({ workspace: 'examples/shop' });
  });
  after(() => window.close());

  it('has the causeway command, which asks the collector of the window', async () => {
    const { page } = window;
    await openCauseway(page);
    await eventually(
      () => page.locator('.part.statusbar').innerText(),
      text => text.includes(new URL(window.otlpHttp).port),
      { what: 'the port in the status bar' },
    );
    await runCommand(page, 'Terminal: Create New Terminal');
    await page.locator('.terminal.xterm').waitFor({ timeout: 20_000 });
    await page.locator('.terminal.xterm').click();
    await page.keyboard.type('causeway traces --json > traces.json; echo $? > exit.txt\n');
    const file = join(window.workspace, 'exit.txt');
    await eventually(
      () => existsSync(file) && readFileSync(file, 'utf8') !== '',
      done => done,
      { timeout: 20_000, what: 'the end of the command' },
    );
    assert.equal(readFileSync(file, 'utf8'), '0\n');
    assert.deepEqual(JSON.parse(readFileSync(join(window.workspace, 'traces.json'), 'utf8')), []);
  });
});
