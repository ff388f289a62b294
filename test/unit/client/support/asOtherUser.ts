import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Two users that own nothing; only root can become them. */
export const victim = 61_234;
export const attacker = 61_235;
export const mayBeOthers = process.getuid?.() === 0;

/** A folder that everybody may use, as /tmp is one, with the program that is run as somebody else. */
export class SharedFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'causeway-users-'));

  static async open(): Promise<SharedFolder> {
    const folder = new SharedFolder();
    chmodSync(folder.path, 0o755);
    await build({
      entryPoints: [join(import.meta.dirname, 'otherUser.ts')],
      outfile: folder.program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      define: { __VERSION__: '"1.0.0"' },
      logLevel: 'warning',
    });
    chmodSync(folder.program, 0o644);
    mkdirSync(folder.sticky);
    chmodSync(folder.sticky, 0o1777);
    return folder;
  }

  /** Where everybody may make files, and nobody may remove those of others. */
  get sticky(): string {
    return join(this.path, 'tmp');
  }

  /** Runs one of the things that otherUser.ts can do; answers its last line. */
  run(uid: number, ...args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [this.program, ...args], {
        uid,
        gid: uid,
        cwd: '/',
        env: { HOME: this.sticky, PATH: process.env['PATH'] },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      child.stdout.on('data', chunk => (text += String(chunk)));
      child.once('error', reject);
      child.once('close', () => resolve(text.trimEnd().split('\n').at(-1) ?? ''));
    });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  private get program(): string {
    return join(this.path, 'otherUser.js');
  }
}
