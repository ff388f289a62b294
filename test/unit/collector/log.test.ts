import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatLine, openLogFile, RateLimitedLog } from '../../../src/collector/log';

describe('a line of the log', () => {
  const time = new Date('2026-01-31T12:00:00.000Z');
  const cases: [message: string, line: string][] = [
    ['listening', '2026-01-31T12:00:00.000Z info  [http] listening\n'],
    ['Error: x\n    at y', '2026-01-31T12:00:00.000Z info  [http] Error: x\n        at y\n'],
    ['a\rb\x1b[31m', '2026-01-31T12:00:00.000Z info  [http] a\\x0db\\x1b[31m\n'],
  ];
  for (const [message, line] of cases)
    it(`shows ${JSON.stringify(message)} so that it can neither forge a line nor move a cursor`, () =>
      assert.equal(formatLine(time, 'info', 'http', message), line));
});

describe('the log file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'causeway-log-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is for its user alone, is continued, and is put aside when it has grown', () => {
    const path = join(folder, 'collector.log');
    openLogFile(path).write('info', 'a', 'first');
    assert.equal(statSync(path).mode & 0o077, 0);
    const log = openLogFile(path);
    log.write('info', 'a', 'x'.repeat(5 * 1024 * 1024));
    log.write('info', 'a', 'after');
    assert.match(readFileSync(`${path}.1`, 'utf8'), /\[a\] first\n/);
    assert.match(readFileSync(path, 'utf8'), /^\S+ info {2}\[a\] after\n$/);
  });
});

describe('the rate limit of the log', () => {
  it('writes five lines of a kind in each window and counts the others', () => {
    let now = 0;
    const lines: string[] = [];
    const limited = new RateLimitedLog({ write: (_, __, message) => lines.push(message) }, 1000, () => now);
    for (let i = 0; i < 12; i++) limited.write('400', 'warn', 'http', `a${i}`);
    limited.write('413', 'warn', 'http', 'other');
    assert.deepEqual(lines, ['a0', 'a1', 'a2', 'a3', 'a4', 'other']);
    now = 1000;
    limited.write('400', 'warn', 'http', 'b0');
    limited.write('400', 'warn', 'http', 'b1');
    assert.deepEqual(lines.slice(6), ['b0 (and 7 more like it)', 'b1']);
  });
});
