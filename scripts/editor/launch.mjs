import { join } from 'node:path';
import { freePort } from '../lib/freePort.mjs';
import { startGroup } from '../lib/processGroup.mjs';
import { mustRun } from '../lib/run.mjs';
import { tempFolder } from '../lib/tempFolder.mjs';
import { ensureEditor } from './install.mjs';
import { writeUserSettings } from './userSettings.mjs';
import { workbenchUrl } from './workbenchUrl.mjs';

const START_LIMIT_MS = 60_000;

/**
 * Starts the npm-carried VS Code on a free loopback port with fresh, temporary user data, and waits until it answers.
 * Several windows are several pages on one server; two servers share nothing but what their environment names.
 * @param {import('./launch.mjs').LaunchOptions} options
 * @returns {Promise<import('./launch.mjs').EditorServer>}
 */
export async function launchEditor(options) {
  const { settings = {}, env = {}, install = [], port = 0 } = options;
  const editor = await ensureEditor();
  const temp = tempFolder('cw-editor');
  const userDataDir = join(temp.path, 'user');
  const folders = ['--server-data-dir', join(temp.path, 'server'), '--user-data-dir', userDataDir];
  folders.push('--extensions-dir', join(temp.path, 'extensions'));
  writeUserSettings(userDataDir, settings);

  for (const vsix of install)
    await mustRun(
      editor.node,
      [editor.serverMain, ...folders, '--install-extension', vsix, '--accept-server-license-terms'],
      {
        label: `install of ${vsix}`,
        quiet: true,
      },
    );

  const chosen = port === 0 ? await freePort() : port;
  const origin = `http://127.0.0.1:${chosen}`;
  const group = startGroup(
    editor.node,
    [editor.serverMain, '--host', '127.0.0.1', '--port', String(chosen), ...SERVER_FLAGS, ...folders],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log = collectLog(group.child);
  const stop = async () => {
    await group.stop();
    temp.remove();
  };
  try {
    await answers(origin, group.ended);
  } catch (error) {
    await stop();
    throw new Error(`VS Code did not start:\n${log()}`, { cause: error });
  }
  return {
    origin,
    url: workbenchUrl(origin, options),
    userDataDir,
    windowUrl: window => workbenchUrl(origin, { extensionPath: options.extensionPath, ...window }),
    log,
    ended: group.ended,
    stop,
  };
}

const SERVER_FLAGS = [
  '--without-connection-token',
  '--accept-server-license-terms',
  '--disable-workspace-trust',
  '--disable-telemetry',
  // A built workbench takes the extension under development from its address only when this is on.
  '--enable-smoke-test-driver',
];

/** @param {import('node:child_process').ChildProcess} child */
function collectLog(child) {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (/** @type {Buffer} */ chunk) => {
      text = (text + chunk.toString()).slice(-200_000);
    });
  return () => text;
}

/** @param {string} origin @param {Promise<number>} ended */
async function answers(origin, ended) {
  let gone = false;
  void ended.then(() => (gone = true));
  const deadline = performance.now() + START_LIMIT_MS;
  while (!gone && performance.now() < deadline) {
    const response = await fetch(`${origin}/version`, { signal: AbortSignal.timeout(2000) }).catch(
      () => undefined,
    );
    if (response?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(gone ? 'the server ended' : `no answer within ${START_LIMIT_MS / 1000} s`);
}
