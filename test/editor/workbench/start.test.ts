import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

describe('npm start', function () {
  this.timeout(300_000);

  it('builds, opens VS Code on the shop, and its traces arrive in the tree', async () => {
    // --smoke: free ports, a fresh data folder, a headless window that looks at the tree, and an end.
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/start.mjs', '--smoke']);
    assert.match(stdout, /^Everything is up: [1-9]\d* traces have arrived\.$/m);
  });
});
