import assert from 'node:assert/strict';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolder, runToEnd } from './support/dataFolder';
import { Foreground } from './support/foreground';
import { buildPrograms, type Programs } from './support/programs';
import { newSpans, post } from './support/send';

// Folders stand where files should be, and a file where a folder should: nobody can write there, whatever his rights.
describe('a data folder that cannot be written', () => {
  let programs: Programs;
  let folder: DataFolder;

  before(async function () {
    this.timeout(60_000);
    programs = await buildPrograms();
  });
  beforeEach(() => (folder = new DataFolder()));
  afterEach(() => folder.remove());

  async function stored(): Promise<[string, number][]> {
    const { stdout } = await runToEnd(programs.cli, ['traces', '--json', '--data-dir', folder.path]);
    return (JSON.parse(stdout) as { traceId: string; spanCount: number }[]).map(trace => [
      trace.traceId,
      trace.spanCount,
    ]);
  }

  it('is told of in one line by a collector that cannot start in it', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    const { code, stderr } = await runToEnd(programs.cli, ['collect', '--data-dir', join(file, 'data')]);
    assert.equal(code, 1);
    assert.match(stderr, /^[^\n]*file[^\n]*\n$/);
  });

  it('is received into all the same where only log and snapshot cannot be written', async () => {
    mkdirSync(join(folder.path, 'collector.log'));
    mkdirSync(join(folder.path, 'index.sqlite.new'));
    const collector = await Foreground.start(programs, folder);
    const { body, spans } = newSpans(7);
    assert.equal((await post(collector.http, body)).status, 200);
    assert.equal(await collector.end(), 0);
    assert.deepEqual(await stored(), [[spans[0]!.traceId, 7]]);
  });

  it('answers 503 with Retry-After while its journal cannot be written, and success once it can', async () => {
    const collector = await Foreground.start(programs, folder);
    const obstacle = join(folder.path, 'journal', '00000001.seg');
    mkdirSync(obstacle);
    const { body, spans } = newSpans(3);
    const refused = await post(collector.http, body);
    assert.deepEqual([refused.status, Number(refused.headers.get('retry-after')) > 0], [503, true]);
    assert.match(await refused.text(), /[Tt]ry again/);
    assert.deepEqual(await stored(), [[spans[0]!.traceId, 3]], 'they can be seen');
    rmdirSync(obstacle);
    let answer = await post(collector.http, body);
    while (answer.status === 503) answer = await post(collector.http, body);
    assert.deepEqual([answer.status, await answer.text()], [200, '{}']);
    await collector.end('SIGKILL');
    assert.deepEqual(await stored(), [[spans[0]!.traceId, 3]], 'once');
  });
});
