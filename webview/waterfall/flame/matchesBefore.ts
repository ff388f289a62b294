import type { FlameLayout } from './flameLayout';

/** Matches among order[0] … order[i - 1], so that those of a run of spans are a difference. `matches`: rows marked 1. */
export function matchesBefore({ order }: Pick<FlameLayout, 'order'>, matches: Uint8Array): Uint32Array {
  const before = new Uint32Array(order.length + 1);
  for (let place = 0; place < order.length; place++)
    before[place + 1] = (before[place] ?? 0) + (matches[order[place] ?? 0] === 1 ? 1 : 0);
  return before;
}
