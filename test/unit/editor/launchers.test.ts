import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { writeLaunchers } from '../../../src/editor/terminal/launchers';

describe('the launchers of the causeway command', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "cw launcher's "));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('run the CLI by its name from the PATH, arguments and exit code passed on', async () => {
    const cli = join(folder, 'cli.js');
    writeFileSync(cli, 'console.log(JSON.stringify(process.argv.slice(2))); process.exit(3);');
    const bin = join(folder, 'bin');
    await writeLaunchers(bin, process.execPath, cli);
    await writeLaunchers(bin, process.execPath, cli);
    const env = { ...process.env, PATH: bin + delimiter + (process.env['PATH'] ?? '') };
    const ran = await promisify(execFile)('causeway', ['trace', 'a "b" $c'], { env }).catch(
      (error: unknown) => error,
    );
    const { code, stdout } = ran as { code: number; stdout: string };
    assert.equal(code, 3);
    assert.deepEqual(JSON.parse(stdout), ['trace', 'a "b" $c']);
  });

  it('keep a percent sign of a path from being a variable on Windows', async () => {
    await writeLaunchers(join(folder, 'bin'), 'C:\\100%\\code.exe', 'C:\\cli.js');
    assert.match(
      readFileSync(join(folder, 'bin', 'causeway.cmd'), 'utf8'),
      /"C:\\100%%\\code\.exe" "C:\\cli\.js" %\*/,
    );
  });
});
