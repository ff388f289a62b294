import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Engine } from '../../../../src/collector/engine';
import { findWasm } from '../../../../src/collector/store/wasmPath';
import { newDataFolder, openTestEngine, removeDataFolders } from './support/dataFolders';
import { spanId, traceId } from './support/requests';
import { spansOf } from './support/writer';

interface Outcome {
  readonly acknowledged: readonly number[];
  readonly refused: readonly number[];
}

/** Every acknowledged trace is there whole, every other one whole or not at all, and all can be read back. */
function check(engine: Engine, acknowledged: readonly number[]): void {
  for (const trace of acknowledged) {
    assert.equal(engine.traceSummary(traceId(trace))?.spanCount, spansOf(trace), `trace ${trace}`);
  }
  let spans = 0;
  for (const { traceId: id, spanCount } of engine.listTraces(1_000_000)) {
    assert.equal(spanCount, spansOf(Number(id)), id);
    const ids = Array.from({ length: spanCount }, (_, i) => spanId(i + 1));
    assert.deepEqual(
      engine.readSpans(id, ids).map(span => span?.spanId),
      ids,
    );
    spans += spanCount;
  }
  assert.equal(engine.counts().spans, spans);
}

describe('A collector that is stopped in the middle', function () {
  this.timeout(120_000);
  let folder = '';

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'causeway-writer-'));
    await build({
      entryPoints: [join(__dirname, 'support', 'writer.ts')],
      outfile: join(folder, 'writer.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      logLevel: 'error',
    });
  });

  afterEach(removeDataFolders);
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the writer; `onAck` may kill it. */
  function run(
    dataDir: string,
    first: number,
    command: string,
    onAck: (count: number, kill: () => void) => void,
  ): Promise<Outcome> {
    const acknowledged: number[] = [];
    const refused: number[] = [];
    const writer = [process.execPath, join(folder, 'writer.cjs'), dataDir, String(first), findWasm()];
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

  it('has every span that it acknowledged, each once, when it is killed at any moment', async () => {
    const dataDir = newDataFolder();
    const acknowledged: number[] = [];
    for (let round = 0; round < 10; round++) {
      const killAfter = 1 + Math.floor(Math.random() * 400);
      const { acknowledged: some } = await run(
        dataDir,
        round * 100_000 + 1,
        'exec "$0" "$@"',
        (count, kill) => {
          if (count >= killAfter) kill();
        },
      );
      assert.ok(some.length >= killAfter);
      acknowledged.push(...some);
      // Another process goes on in the same folder without anybody having closed it; every third time somebody looks.
      if (round % 3 === 0) {
        const engine = await openTestEngine(dataDir);
        check(engine, acknowledged);
        await engine.close();
      }
    }
    const engine = await openTestEngine(dataDir);
    check(engine, acknowledged);
    await engine.close();
    rmSync(join(dataDir, 'index.sqlite'), { force: true });
    check(await openTestEngine(dataDir), acknowledged);
  });

  it('refuses spans when the disk is full, and has those it acknowledged before', async () => {
    const dataDir = newDataFolder();
    // A limit on the length of files stands for the full disk: writes fail, the last one half way.
    const limited = 'ulimit -f 48; trap "" XFSZ; exec "$0" "$@"';
    const { acknowledged, refused } = await run(dataDir, 1, limited, () => undefined);
    assert.ok(acknowledged.length > 20 && refused.length > 0, `${acknowledged.length} and ${refused.length}`);
    // What was refused last is there or not: nobody was told that it is.
    check(await openTestEngine(dataDir), acknowledged);
  });
});
