import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { tailOfFile } from '../../../src/editor/collector/tailOfFile';

describe('the tail of a log file', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cw-tail-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is a small file as a whole', async () => {
    const path = join(folder, 'small.log');
    writeFileSync(path, 'one\ntwo\n');
    assert.equal(await tailOfFile(path), 'one\ntwo\n');
  });

  it('is the last whole lines of a large one', async () => {
    const path = join(folder, 'large.log');
    const lines = Array.from({ length: 5000 }, (_, i) => `line ${i}`);
    writeFileSync(path, lines.join('\n'));
    const tail = (await tailOfFile(path)).split('\n');
    assert.equal(tail.at(-1), 'line 4999');
    assert.deepEqual(tail, lines.slice(-tail.length));
    assert.ok(tail.length > 500 && tail.length < 1000);
  });

  it('is the reason where there is no file', async () => {
    assert.match(await tailOfFile(join(folder, 'none.log')), /ENOENT/);
  });
});
