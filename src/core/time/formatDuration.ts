const second = 1e9;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A duration for people: `850 ns`, `1.23 ms`, `4.5 s`, `2m 3s`, `1h 5m`, `3d 4h`. Three digits count, unless
 * `resolution` (ns) asks that differences of that size can be seen, as the labels of a ruler need.
 */
export function formatDuration(ns: number | bigint, resolution?: number): string {
  const value = Number(ns);
  if (!Number.isFinite(value)) return '–';
  if (value < 0) return `-${formatDuration(-value, resolution)}`;
  const short = value < minute ? shortDuration(value, resolution) : undefined;
  return short ?? longDuration(value, resolution);
}

const shortUnits: readonly (readonly [name: string, ns: number])[] = [
  ['ns', 1],
  ['µs', 1e3],
  ['ms', 1e6],
  ['s', second],
];

/** Undefined where rounding makes it a whole minute. */
function shortDuration(value: number, resolution?: number): string | undefined {
  for (const [name, unit] of shortUnits) {
    const count = value / unit;
    const decimals = decimalsOf(count, unit, resolution);
    const rounded = Number(count.toFixed(decimals));
    // 999.96 µs is 1 ms, and 59.999 s is 1m.
    if (rounded < (unit === second ? 60 : 1000)) return `${rounded} ${name}`;
  }
  return undefined;
}

function decimalsOf(count: number, unit: number, resolution?: number): number {
  if (unit === 1) return 0;
  if (resolution === undefined) return count < 10 ? 2 : count < 100 ? 1 : 0;
  return Math.min(9, Math.max(0, Math.ceil(Math.log10(unit / Math.max(1, resolution)) - 1e-9)));
}

function longDuration(value: number, resolution?: number): string {
  const step = resolution ?? (value < hour ? second : value < day ? minute : hour);
  // Below a second, decimals of the seconds show the difference; above, whole units do.
  const decimals = decimalsOf(0, second, Math.min(step, second));
  const grain = step >= hour ? hour : step >= minute ? minute : second / 10 ** decimals;
  const rounded = Math.round(value / grain) * grain;
  const parts = [
    [Math.floor(rounded / day), 'd'],
    [Math.floor((rounded % day) / hour), 'h'],
    [Math.floor((rounded % hour) / minute), 'm'],
    [Number(((rounded % minute) / second).toFixed(decimals)), 's'],
  ] as const;
  return parts.flatMap(([count, name]) => (count > 0 ? [`${count}${name}`] : [])).join(' ');
}
