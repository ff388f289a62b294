import assert from 'node:assert/strict';
import { mixed, operationMatches, operationPlaces } from '../../../webview/waterfall/table/operationMarks';

describe('the marks of an operation', () => {
  const statistics = { count: 4, operation: Uint32Array.of(0, 1, 0, 2, 1, 0, 3) };

  it('are the colour of its spans, where they have one in common', () => {
    const places = Uint8Array.of(3, 1, 3, 0, 2, 3, 5);
    assert.deepEqual([...operationPlaces(statistics, places)], [3, mixed, 0, 5]);
    assert.equal(operationPlaces(statistics, Uint8Array.of(3, 1, 2, 0, 1, 2, 5))[0], mixed);
  });

  it('are how many of its spans match', () => {
    assert.deepEqual([...operationMatches(statistics, Uint8Array.of(1, 0, 1, 0, 1, 0, 0))], [2, 1, 0, 0]);
  });
});
