import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

interface Tally {
  passed: number;
  failed: number;
  note?: string;
}

/** What `npm test` counts for a suite made of one spec file with this text. */
async function tallyOf(spec: string | undefined): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'cw-runner-'));
  try {
    if (spec !== undefined) writeFileSync(join(folder, 'a.test.js'), spec);
    const call = `import { mochaSuite } from './scripts/test/mochaSuite.mjs';
      console.log(JSON.stringify(await mochaSuite('suite', [${JSON.stringify(join(folder, '*.test.js'))}])));`;
    const node = ['--input-type=module', '--eval', call];
    const { stdout } = await promisify(execFile)(process.execPath, node);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Tally;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the counts of a suite', () => {
  const cases: ({ what: string; spec: string | undefined } & Tally)[] = [
    {
      what: 'are what passed and failed',
      spec: `it('a', () => {}); it('b', () => { throw 1; })`,
      passed: 1,
      failed: 1,
    },
    {
      what: 'take a skipped test as failed',
      spec: `it('a', () => {}); it.skip('b', () => {})`,
      passed: 1,
      failed: 1,
    },
    { what: 'take a test that is only announced as failed', spec: `it('a')`, passed: 0, failed: 1 },
    { what: 'take a file without tests as failed', spec: ``, passed: 0, failed: 1, note: 'ran no test' },
    {
      what: 'take a missing file as failed',
      spec: undefined,
      passed: 0,
      failed: 1,
      note: 'ended without a result',
    },
    { what: 'take a file that does not load as failed', spec: `throw new Error('x')`, passed: 0, failed: 1 },
    {
      what: 'take a process that dies as failed',
      spec: `it('a', () => process.exit(0))`,
      passed: 0,
      failed: 1,
    },
  ];
  for (const { what, spec, ...tally } of cases)
    it(what, async () => {
      const { passed, failed, note } = await tallyOf(spec);
      assert.deepEqual({ passed, failed }, { passed: tally.passed, failed: tally.failed });
      if (tally.note !== undefined) assert.equal(note, tally.note);
    });
});
