import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { findWasm } from '../../../../../src/collector/store/wasmPath';

/** What a writer printed. */
export interface Outcome {
  readonly acknowledged: readonly number[];
  readonly refused: readonly number[];
}

/** A program that takes numbered requests in until it is killed: `node writer <data folder> <first number> <wasm>`. */
export class WriterProgram {
  private constructor(private readonly folder: string) {}

  static async build(source: string): Promise<WriterProgram> {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-writer-'));
    await build({
      entryPoints: [source],
      outfile: join(folder, 'writer.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      logLevel: 'error',
    });
    return new WriterProgram(folder);
  }

  /** `command` is given to sh, the program its arguments; `onAck` may kill it. */
  run(
    dataDir: string,
    first: number,
    command: string,
    onAck: (count: number, kill: () => void) => void,
  ): Promise<Outcome> {
    const acknowledged: number[] = [];
    const refused: number[] = [];
    const writer = [process.execPath, join(this.folder, 'writer.cjs'), dataDir, String(first), findWasm()];
    const child = spawn('sh', ['-c', command, ...writer], { stdio: ['ignore', 'pipe', 'inherit'] });
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [word, number] = line.split(' ');
        (word === 'ack' ? acknowledged : refused).push(Number(number));
      }
      onAck(acknowledged.length, () => child.kill('SIGKILL'));
    });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', () => resolve({ acknowledged, refused }));
    });
  }

  /** Runs it until it has acknowledged so many requests, and kills it. Answers those that it acknowledged. */
  async runUntil(count: number, dataDir: string, first: number): Promise<readonly number[]> {
    const { acknowledged } = await this.run(dataDir, first, 'exec "$0" "$@"', (done, kill) => {
      if (done >= count) kill();
    });
    return acknowledged;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
