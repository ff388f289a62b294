import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { isSameProcess, pidSpace, processStart } from './processIdentity';

const lockOwner = z.object({
  pid: z.int().check(z.positive()),
  /** See processStart: tells a process from a later one with the same pid. */
  started: z.string(),
  /** See pidSpace: where `pid` means something. */
  space: z.string(),
  /** A collector stays and can be asked; a command, or a collector that is leaving, ends by itself. */
  kind: z.enum(['collector', 'command']),
});
export type LockOwner = z.infer<typeof lockOwner>;

/** The right to open a data folder, until `release`. */
export interface DataLock {
  /** This process is about to end: others may wait for the folder instead of giving up. */
  leaving(): void;
  release(): void;
}

export type LockResult = { readonly lock: DataLock } | { readonly heldBy: LockOwner };

/** The owner touches its file this often; on another machine that is the only sign of its life. */
const touchEveryMs = 20_000;
const foreignDeadAfterMs = 3 * touchEveryMs;

/**
 * Takes the one right to write in `dataDir`. Node has no flock, and a lock file that is deleted when it looks stale can
 * be deleted a moment after somebody else has taken it over. So every contender puts down a file of its own, then
 * looks for others: of two contenders at least one sees the other and withdraws, whatever the order. A file whose
 * process has ended counts for nothing and is swept away; nobody removes the file of a living process.
 *
 * Contenders that met withdraw and try again after a random pause. A contender that sees a collector's file before it
 * has put down its own gives up at once: that collector holds the folder or goes on trying, so one of all
 * contenders always gets it. For a command it waits until `patienceMs` is over.
 */
export async function lockDataDir(
  dataDir: string,
  kind: LockOwner['kind'],
  patienceMs = 10_000,
): Promise<LockResult> {
  const folder = join(dataDir, 'locks');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const self: LockOwner = {
    pid: process.pid,
    started: (await processStart(process.pid)) ?? '',
    space: pidSpace(),
    kind,
  };
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const holder = await livingOwner(folder, undefined);
    if (!holder) {
      const file = putDown(folder, self);
      if (!(await livingOwner(folder, file))) return { lock: hold(folder, file, self) };
      rmSync(join(folder, file), { force: true });
    } else if (holder.kind === 'collector' || Date.now() > deadline) {
      return { heldBy: holder };
    }
    await sleep(10 + Math.random() * 60);
  }
}

function hold(folder: string, file: string, self: LockOwner): DataLock {
  const path = join(folder, file);
  const touch = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch (error) {
      // Nobody else may take the file away; where a person did, holding on in silence would let two write.
      clearInterval(touch);
      throw new Error(`the lock ${path} is gone`, { cause: error });
    }
  }, touchEveryMs);
  touch.unref();
  return {
    leaving() {
      write(folder, file, { ...self, kind: 'command' });
    },
    release() {
      clearInterval(touch);
      rmSync(path, { force: true });
    },
  };
}

/** Writes a new lock file and answers its name. */
function putDown(folder: string, self: LockOwner): string {
  const file = `${self.pid}-${randomBytes(6).toString('hex')}.lock`;
  write(folder, file, self);
  return file;
}

/** In one step: nobody reads half of it. */
function write(folder: string, file: string, owner: LockOwner): void {
  const temporary = join(folder, `${file}.tmp`);
  writeFileSync(temporary, JSON.stringify(owner), { mode: 0o600 });
  renameSync(temporary, join(folder, file));
}

/** The first owner in `folder` that lives, other than `own`; files of the dead are removed on the way. */
async function livingOwner(folder: string, own: string | undefined): Promise<LockOwner | undefined> {
  let found: LockOwner | undefined;
  for (const name of listLocks(folder)) {
    if (name === own) continue;
    const path = join(folder, name);
    const owner = readOwner(path);
    if (owner && (await isLiving(owner, path))) found ??= owner;
    else rmSync(path, { force: true });
  }
  return found;
}

async function isLiving(owner: LockOwner, path: string): Promise<boolean> {
  if (owner.space === pidSpace()) return isSameProcess(owner.pid, owner.started);
  const file = statSync(path, { throwIfNoEntry: false });
  return file !== undefined && Date.now() - file.mtimeMs < foreignDeadAfterMs;
}

function listLocks(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => name.endsWith('.lock'));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Undefined where the file has just gone, or was left half written by a power loss. */
function readOwner(path: string): LockOwner | undefined {
  try {
    return lockOwner.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
