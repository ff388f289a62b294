import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A data folder of a test; at its end no process is left on it, and it is gone. */
export class DataFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'causeway-sdk-')));

  log(): string {
    const file = join(this.path, 'collector.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** Pids of the processes that hold, or contend for, the folder. */
  owners(): number[] {
    const locks = join(this.path, 'locks');
    if (!existsSync(locks)) return [];
    const pids = readdirSync(locks).flatMap(name => Number(/^(\d+)-/.exec(name)?.[1] ?? Number.NaN));
    return [...new Set(pids)].filter(pid => isRunning(pid));
  }

  /** Pids of all processes that were started for the folder, those that have not opened it yet included. */
  processes(): number[] {
    const listed = execFileSync('ps', ['-eo', 'pid=,args='], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    return listed
      .split('\n')
      .filter(line => line.includes(this.path))
      .map(line => Number.parseInt(line, 10));
  }

  /** Waits until nothing runs on the folder. @throws after twenty seconds */
  async untilFree(): Promise<void> {
    const end = Date.now() + 20_000;
    while (this.processes().length > 0) {
      if (Date.now() > end) throw new Error(`still there: ${this.processes().join(', ')}\n${this.log()}`);
      await sleep(50);
    }
  }

  async remove(): Promise<void> {
    for (const pid of this.processes()) kill(pid);
    await this.untilFree();
    rmSync(this.path, { recursive: true, force: true });
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It has ended meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

export interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of ours to its end. */
export function runToEnd(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Printed> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 256 * 1024 * 1024, env, timeout: 60_000 };
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
      if (!error) resolve({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
      else reject(new Error(`${script} ended by ${String(error.signal)}: ${stderr}`, { cause: error }));
    });
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
