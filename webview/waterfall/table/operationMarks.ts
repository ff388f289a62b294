import type { OperationStatistics } from '../../../src/core/analysis/operationStatistics';

type Operations = Pick<OperationStatistics, 'count' | 'operation'>;

/** Where the spans of an operation do not have one colour in common. */
export const mixed = 255;

/** The colour of each operation, of the `places` of its spans: see Colouring. */
export function operationPlaces({ count, operation }: Operations, places: Uint8Array): Uint8Array {
  const shared = new Uint8Array(count);
  const seen = new Uint8Array(count);
  for (let row = 0; row < operation.length; row++) {
    const at = operation[row] ?? 0;
    const place = places[row] ?? 0;
    if (seen[at] === 1 && shared[at] !== place) shared[at] = mixed;
    else shared[at] = place;
    seen[at] = 1;
  }
  return shared;
}

/** How many spans of each operation are marked 1. */
export function operationMatches({ count, operation }: Operations, matches: Uint8Array): Uint32Array {
  const found = new Uint32Array(count);
  for (let row = matches.indexOf(1); row >= 0; row = matches.indexOf(1, row + 1)) {
    const at = operation[row] ?? 0;
    found[at] = (found[at] ?? 0) + 1;
  }
  return found;
}
