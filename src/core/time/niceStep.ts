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
