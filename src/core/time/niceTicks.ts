const second = 1e9;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// People count seconds and minutes in parts of 60, hours in parts of 24.
const clockSteps = [
  ...[1, 2, 5, 10, 15, 30].map(count => count * second),
  ...[1, 2, 5, 10, 15, 30].map(count => count * minute),
  ...[1, 2, 3, 6, 12].map(count => count * hour),
];

/** The smallest round step (1, 2 or 5 of a decimal unit, a part of a minute, hour or day), ns, that is at least `least`. */
export function niceStep(least: number): number {
  if (least <= second || least > 12 * hour) {
    const unit = least <= second ? 1 : day;
    const power = 10 ** Math.max(0, Math.floor(Math.log10(least / unit)));
    for (const factor of [1, 2, 5]) if (factor * power * unit >= least) return factor * power * unit;
    return 10 * power * unit;
  }
  return clockSteps.find(step => step >= least) ?? day;
}

/**
 * The round times in [start, end], at most `maxTicks` of them, for a ruler: from nanoseconds to days. Times are ns from
 * any origin. Their distance is niceStep((end - start) / maxTicks) or the next larger one; [] where there is no range.
 */
export function niceTicks(start: number, end: number, maxTicks: number): number[] {
  const most = Math.floor(maxTicks);
  if (!(end > start) || !(most >= 1) || !Number.isFinite(end - start)) return [];
  let step = niceStep((end - start) / most);
  // A range that begins and ends on a tick holds one more than it has steps.
  while (Math.floor(end / step) - Math.ceil(start / step) + 1 > most) step = niceStep(step * 1.01);
  const ticks: number[] = [];
  const last = Math.floor(end / step);
  // `|| 0`: the index of a range that begins just below 0 would be -0.
  for (let index = Math.ceil(start / step) || 0; index <= last; index++) ticks.push(index * step);
  return ticks;
}
