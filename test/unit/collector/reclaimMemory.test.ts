import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { reclaimMemory } from '../../../src/collector/reclaimMemory';

describe('reclaimMemory', () => {
  const held = (): number => process.memoryUsage().arrayBuffers;
  /** What was taken is garbage afterwards. */
  const take = (bytes: number): number => new Uint8Array(bytes).length;

  it('gives back what nobody refers to', async () => {
    const size = 20 * 2 ** 20;
    const before = held();
    take(size);
    assert.ok(held() >= before + size);
    reclaimMemory();
    // Buffers are freed by a thread of their own.
    for (let turn = 0; held() >= before + size && turn < 1000; turn++) await setImmediate();
    assert.ok(held() < before + size);
  });
});
