import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What `causeway <args> --json` prints, asked of the collector that the windows on `dataDir` share. */
export async function causeway(dataDir: string, ...args: readonly string[]): Promise<unknown> {
  const cli = [join('dist', 'cli.js'), ...args, '--json', '--data-dir', dataDir];
  const { stdout } = await promisify(execFile)(process.execPath, cli, { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout);
}
