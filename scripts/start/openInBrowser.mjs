import { spawn } from 'node:child_process';
import { hasDisplay } from '../lib/desktop.mjs';
import { findExecutable } from '../lib/executable.mjs';

/** Opens the address in the user's browser where there is one; the address is printed in any case. @param {string} url */
export function openInBrowser(url) {
  if (!process.stdout.isTTY || !hasDisplay()) return;
  const opener = findExecutable(
    { darwin: ['open'], win32: ['explorer'] }[String(process.platform)] ?? ['xdg-open'],
  );
  if (opener === undefined) return;
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', error => console.error(`The browser could not be opened: ${error.message}`))
    .unref();
}
