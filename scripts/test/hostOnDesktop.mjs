import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeUserSettings } from '../editor/userSettings.mjs';
import { run } from '../lib/run.mjs';
import { tempFolder } from '../lib/tempFolder.mjs';
import { SUITE_LIMIT_MS } from './mochaSuite.mjs';

/**
 * Runs the suite in the desktop VS Code, in a process of its own that can be ended with all its windows.
 * @param {import('../lib/desktop.mjs').Desktop} desktop
 * @param {import('./hostSuite.mjs').HostRun} hostRun
 * @returns {Promise<boolean>}
 */
export async function runHostOnDesktop(desktop, hostRun) {
  const temp = tempFolder('cw-desk');
  const userData = join(temp.path, 'user');
  writeUserSettings(userData, hostRun.settings);
  const options = {
    vscodeExecutablePath: desktop.executable,
    extensionDevelopmentPath: hostRun.extensionPath,
    extensionTestsPath: hostRun.extensionTestsPath,
    extensionTestsEnv: hostRun.env,
    launchArgs: [
      hostRun.workspace,
      ...['--user-data-dir', userData, '--extensions-dir', join(temp.path, 'extensions')],
    ],
  };
  const child = fileURLToPath(new URL('./desktopChild.mjs', import.meta.url));
  const command = [...desktop.wrapper, process.execPath, child, JSON.stringify(options)];
  const [program = process.execPath, ...args] = command;
  const code = await run(program, args, { label: 'desktop VS Code', timeout: SUITE_LIMIT_MS });
  temp.remove();
  return code === 0;
}
