import { URLSearchParams, pathToFileURL } from 'node:url';

/**
 * The address of a window on `server`. The payload is what a desktop VS Code is told by command line arguments.
 * @param {string} origin such as `http://127.0.0.1:41234`
 * @param {import('./launch.mjs').WindowOptions} options
 */
export function workbenchUrl(origin, { workspace, extensionPath, extensionTestsPath }) {
  const payload = [['skipWelcome', 'true']];
  if (extensionPath !== undefined) payload.push(['extensionDevelopmentPath', remote(origin, extensionPath)]);
  if (extensionTestsPath !== undefined)
    payload.push(['extensionTestsPath', remote(origin, extensionTestsPath)]);
  const query = new URLSearchParams({
    folder: decodeURIComponent(pathToFileURL(workspace).pathname),
    payload: JSON.stringify(payload),
  });
  return `${origin}/?${query.toString().replaceAll('+', '%20')}`;
}

/** @param {string} origin @param {string} path */
const remote = (origin, path) => `vscode-remote://${new URL(origin).host}${pathToFileURL(path).pathname}`;
