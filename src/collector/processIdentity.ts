import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

/**
 * When process `pid` started, so that it can be told from a later one with the same pid: on Linux the kernel's own
 * figure (ticks since boot, proc(5) /proc/pid/stat field 22, and the boot's id), elsewhere `ms <epoch>` to about a
 * second. Undefined where there is no such process.
 */
export async function processStart(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return linuxStart(pid);
  if (pid === process.pid) return `ms ${Math.round(Date.now() - process.uptime() * 1000)}`;
  if (!isAlive(pid)) return undefined;
  const printed =
    process.platform === 'win32'
      ? await run('powershell', [
          '-NoProfile',
          '-Command',
          `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`,
        ])
      : await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
  const time = Date.parse(printed.trim());
  return `ms ${Number.isNaN(time) ? 'unknown' : time}`;
}

/** Whether `pid` is running and is the process that said `started` of itself. What cannot be known counts as running. */
export async function isSameProcess(pid: number, started: string): Promise<boolean> {
  const now = await processStart(pid);
  if (now === undefined) return false;
  if (!now.startsWith('ms ') || !started.startsWith('ms ')) return now === started;
  const difference = Math.abs(Number(now.slice(3)) - Number(started.slice(3)));
  // `ps` prints whole seconds, and a process reads its own start some way into its life.
  return Number.isNaN(difference) || difference < 5000;
}

/** The machine, and on Linux the pid namespace, in which a pid means something. */
export function pidSpace(): string {
  if (process.platform !== 'linux') return hostname();
  return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
}

function linuxStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the command in parentheses and may hold anything; the state is the third field.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${fields[19] ?? ''} ${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}`;
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ESRCH')) return undefined;
    throw error;
  }
}

/** Whether a process with this id exists (kill(2) with signal 0). */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrno(error, 'EPERM');
  }
}

/** What a command prints, '' where it cannot be run or fails. */
async function run(command: string, args: string[]): Promise<string> {
  const done = promisify(execFile)(command, args, {
    timeout: 5000,
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C' },
  });
  return done.then(
    ({ stdout }) => stdout,
    () => '',
  );
}

function isErrno(error: unknown, ...codes: string[]): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
  );
}
