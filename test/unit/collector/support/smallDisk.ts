import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeSync, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder on a disk that can be filled. */
export interface SmallDisk {
  readonly folder: string;
  /** Nothing more goes on it, but for the last `left` bytes or up to a page more. */
  fill(left: number): void;
  /** There is room again. */
  free(): void;
  remove(): void;
}

/**
 * A real disk of 2 MiB in memory where this process may mount one, so that writes fail with ENOSPC. Elsewhere a limit on
 * the length of this process's files stands for it: writes fail alike, the last one half way, with EFBIG.
 */
export function newSmallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]).status === 0;
  return mounted ? tmpfs(folder) : limited(folder);
}

function tmpfs(folder: string): SmallDisk {
  const filler = join(folder, 'filler');
  return {
    folder,
    fill(left) {
      const file = openSync(filler, 'a');
      let written = 0;
      try {
        for (;;) written += writeSync(file, Buffer.alloc(4096));
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      } finally {
        closeSync(file);
      }
      execFileSync('truncate', ['-s', `${written - Math.ceil(left / 4096) * 4096}`, filler]);
    },
    free: () => rmSync(filler, { force: true }),
    remove() {
      execFileSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const ignore = (): void => undefined;

function limited(folder: string): SmallDisk {
  const limit = (bytes: number | 'unlimited') =>
    execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
  return {
    folder,
    fill(left) {
      process.on('SIGXFSZ', ignore);
      const sizes = readdirSync(folder, { recursive: true }).map(name =>
        statSync(join(folder, String(name))),
      );
      limit(Math.max(0, ...sizes.map(({ size }) => size)) + left);
    },
    free() {
      limit('unlimited');
      process.off('SIGXFSZ', ignore);
    },
    remove() {
      limit('unlimited');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
