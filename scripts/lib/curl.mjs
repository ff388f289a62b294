import { findExecutable } from './executable.mjs';
import { mustRun } from './run.mjs';
import { say } from './say.mjs';

/**
 * An installed curl (macOS, Windows and most Linux distributions bring it), from Debian's packages where it is missing
 * and these can be installed. `CAUSEWAY_CURL` names one that is somewhere else.
 * @returns {Promise<string>}
 */
export async function ensureCurl() {
  const found = process.env.CAUSEWAY_CURL || findExecutable(['curl']);
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && findExecutable(['apt-get'])) {
    say('Installing curl from the Debian packages');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await mustRun('apt-get', ['update'], { env, label: 'apt-get update', quiet: true });
    await mustRun('apt-get', ['install', '-y', '--no-install-recommends', 'curl'], {
      env,
      label: 'apt-get install curl',
      quiet: true,
    });
    const installed = findExecutable(['curl']);
    if (installed) return installed;
  }
  throw new Error('No curl found. Install curl, or name one in CAUSEWAY_CURL.');
}
