import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { promisify } from 'node:util';
import { zipListing } from '../scripts/lib/zipListing.mjs';
import { openWorkbench } from './editor/workbench/support/openWorkbench';
import { openCauseway } from './editor/workbench/support/sideBar';

const VSIX = 'out/causeway.vsix';
const LIMIT_BYTES = 3 * 1024 * 1024;

/** All that may ship, and must: a pattern that matches nothing is as wrong as a file that no pattern names. */
const SHIPS = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package\.json$/,
  /^extension\/package\.nls\.json$/,
  /^extension\/readme\.md$/,
  /^extension\/changelog\.md$/,
  /^extension\/LICENSE\.txt$/,
  /^extension\/dist\/(extension|collector|cli)\.js$/,
  /^extension\/dist\/sql-wasm\.wasm$/,
  /^extension\/dist\/webview\/[\w-]+\.(js|css|ttf)$/,
  /^extension\/media\/(icon\.png|causeway\.svg)$/,
  /^extension\/media\/(waterfall|logs)-(dark|light)\.svg$/,
];

describe('the package', function () {
  this.timeout(180_000);

  before(() => promisify(execFile)(process.execPath, ['scripts/package.mjs']));

  it('holds what ships and nothing else', () => {
    const names = zipListing(VSIX).map(({ name }) => name);
    assert.deepEqual(
      names.filter(name => !SHIPS.some(pattern => pattern.test(name))),
      [],
    );
    assert.deepEqual(
      SHIPS.filter(pattern => !names.some(name => pattern.test(name))),
      [],
    );
  });

  it('is smaller than 3 MB', () => {
    assert.ok(statSync(VSIX).size < LIMIT_BYTES, `${statSync(VSIX).size} bytes`);
  });

  it('installs into a real VS Code and activates there', async () => {
    const workbench = await openWorkbench({
      workspace: 'examples/shop',
      extensionPath: null,
      install: [VSIX],
    });
    try {
      await openCauseway(workbench.page);
      // The status bar item is made by the running extension; the activity bar would come from the manifest alone.
      await workbench.page.locator('.statusbar-item[id^="causeway.causeway"]').first().waitFor();
      assert.deepEqual(workbench.errors, []);
    } finally {
      await workbench.close();
    }
  });
});
