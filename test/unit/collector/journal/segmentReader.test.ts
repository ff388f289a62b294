import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SegmentReader } from '../../../../src/collector/journal/segmentReader';

describe('SegmentReader', () => {
  it('reads many segments with few files open, also at the same time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-reader-'));
    const openFiles = () => readdirSync('/dev/fd').length;
    try {
      for (let n = 1; n <= 30; n++)
        writeFileSync(join(folder, `${String(n).padStart(8, '0')}.seg`), `segment ${n}`);
      const reader = new SegmentReader(folder, 4);
      const before = openFiles();
      const numbers = Array.from({ length: 30 }, (_, i) => i + 1);
      const read = await Promise.all(
        numbers.map(segment => reader.read({ segment, offset: 0, length: `segment ${segment}`.length })),
      );
      assert.deepEqual(
        read.map(String),
        numbers.map(n => `segment ${n}`),
      );
      for (const segment of numbers)
        assert.equal(String(reader.readSync({ segment, offset: 8, length: 1 })), String(segment)[0]);
      assert.ok(openFiles() - before <= 4, `${openFiles() - before} more files are open`);
      reader.close();
      assert.equal(openFiles(), before);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
