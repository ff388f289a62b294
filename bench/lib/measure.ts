/** One figure of a benchmark. Ratios count, not absolute numbers: both sides ran in the same process, interleaved. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  /** What it is compared with, and how that did in the same unit. */
  reference: string;
  /** How many times as good as the reference; NaN where there is none. */
  ratio: number;
  /** What the ratio (or, without a reference, the value) should be: `>= 15x`, `< 100 ms`. */
  target: string;
}

export interface BenchCase {
  name: string;
  run: () => unknown;
}

/**
 * Median milliseconds of CPU time of one run of each case, that of the whole process with its garbage collector: on a busy
 * machine the clock on the wall measures the others. The cases take turns, so that what slows the machine down for a
 * moment hits all of them; each turn repeats its case for `turnMillis` at least.
 */
export function measure(
  cases: readonly BenchCase[],
  { turns = 9, turnMillis = 60 }: { turns?: number; turnMillis?: number } = {},
): Map<string, number> {
  const repeats = cases.map(({ run }) => {
    // Warm up until the optimising compiler has had its say, and learn how long one run takes.
    const start = cpuMillis();
    let runs = 0;
    while (cpuMillis() - start < 4 * turnMillis || runs < 3) {
      run();
      runs++;
    }
    return Math.max(1, Math.ceil((runs * turnMillis) / (cpuMillis() - start)));
  });
  const times = cases.map((): number[] => []);
  for (let turn = 0; turn < turns; turn++) {
    for (const [index, { run }] of cases.entries()) {
      const count = repeats[index] ?? 1;
      const start = cpuMillis();
      for (let i = 0; i < count; i++) run();
      times[index]?.push((cpuMillis() - start) / count);
    }
  }
  return new Map(cases.map(({ name }, index) => [name, median(times[index] ?? [])]));
}

function cpuMillis(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The middle value; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** The rows as one aligned table. */
export function formatRows(rows: readonly BenchRow[]): string {
  const table = [
    ['what', 'value', 'unit', 'reference', 'ratio', 'target'],
    ...rows.map(row => [
      row.name,
      formatNumber(row.value),
      row.unit,
      row.reference,
      Number.isNaN(row.ratio) ? '' : `${formatNumber(row.ratio)}x`,
      row.target,
    ]),
  ];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map(cells => cells[column]?.length ?? 0)),
  );
  return table
    .map(cells =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function formatNumber(value: number): string {
  if (value === 0 || Math.abs(value) >= 100) return value.toFixed(0);
  return value.toPrecision(3);
}
