import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes `causeway` and `causeway.cmd` into `folder`: they run the CLI with the Node that is in the editor, so that a
 * terminal needs none of its own. Rewritten at every start, because both paths move with each update.
 */
export async function writeLaunchers(folder: string, execPath: string, cliPath: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const shell = join(folder, 'causeway');
  await writeFile(shell, shellLauncher(execPath, cliPath), { mode: 0o755 });
  // A file that was there keeps its mode.
  await chmod(shell, 0o755);
  await writeFile(join(folder, 'causeway.cmd'), windowsLauncher(execPath, cliPath));
}

function shellLauncher(execPath: string, cliPath: string): string {
  const quoted = [execPath, cliPath].map(path => `'${path.replaceAll("'", `'\\''`)}'`).join(' ');
  return `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quoted} "$@"\n`;
}

function windowsLauncher(execPath: string, cliPath: string): string {
  const [node, cli] = [execPath, cliPath].map(path => path.replaceAll('%', '%%'));
  return `@setlocal\r\n@set ELECTRON_RUN_AS_NODE=1\r\n@"${node ?? ''}" "${cli ?? ''}" %*\r\n`;
}
