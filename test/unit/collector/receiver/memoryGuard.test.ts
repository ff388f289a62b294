import assert from 'node:assert/strict';
import { Lease } from '../../../../src/collector/receiver/lease';
import { MemoryGuard } from '../../../../src/collector/receiver/memoryGuard';

const mebibyte = 2 ** 20;

describe('the memory guard', () => {
  let resident: number;
  let looks: number;
  let guard: MemoryGuard;
  beforeEach(() => {
    resident = 100 * mebibyte;
    looks = 0;
    guard = new MemoryGuard(512 * mebibyte, () => {
      looks++;
      return resident;
    });
  });

  it('gives out a quarter of the limit to all requests together, and again what comes back', () => {
    const one = new Lease(guard);
    const other = new Lease(guard);
    assert.ok(one.take(100 * mebibyte));
    assert.ok(!other.take(29 * mebibyte));
    assert.ok(other.take(28 * mebibyte));
    assert.equal(guard.heldBytes, guard.budget);
    one.release();
    one.release();
    assert.equal(guard.heldBytes, 28 * mebibyte);
    assert.ok(other.take(100 * mebibyte));
  });

  it('gives out nothing near the limit, whoever filled it, but to one small request at a time', () => {
    resident = 450 * mebibyte;
    assert.ok(!guard.take(2 * mebibyte));
    assert.ok(guard.take(mebibyte / 2));
    assert.ok(!guard.take(1));
    guard.give(mebibyte / 2);
    assert.ok(guard.take(1));
    guard.give(1);
    resident = 490 * mebibyte;
    guard.configure(511 * mebibyte);
    const refused = new MemoryGuard(512 * mebibyte, () => resident);
    assert.ok(!refused.take(1));
  });

  it('counts what it gave out since it looked as resident, and looks again in time', () => {
    resident = 440 * mebibyte;
    assert.ok(guard.take(4 * mebibyte));
    resident = 444 * mebibyte;
    assert.ok(guard.take(3 * mebibyte));
    resident = 447 * mebibyte;
    assert.ok(!guard.take(2 * mebibyte));
    assert.ok(looks >= 3);
    guard.give(7 * mebibyte);
    for (let count = 0; count < 10_000; count++) {
      guard.take(10);
      guard.give(10);
    }
    assert.ok(looks < 1000, 'not at every small request');
  });

  it('follows its limit as it is set', () => {
    guard.configure(192 * mebibyte);
    assert.equal(guard.budget, 48 * mebibyte);
    assert.ok(!guard.take(49 * mebibyte));
    guard.configure(1024 * mebibyte);
    assert.ok(guard.take(200 * mebibyte));
  });
});
