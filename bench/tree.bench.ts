import { buildTraceColumns } from '../src/core/columns/buildTraceColumns';
import { decodeTraceColumns } from '../src/core/columns/decodeTraceColumns';
import { encodeTraceColumns } from '../src/core/columns/encodeTraceColumns';
import type { SpanTable } from '../src/core/tree/spanTable';
import { jsonRows } from './lib/jsonRows';
import { formatNumber, measure, type BenchRow } from './lib/measure';
import { random } from './lib/sampleTraces';

const traceId = '0af7651916cd43dd8448eb211c80319c';

type Shape = 'mixed' | 'deep' | 'wide';

/**
 * From the store's table to the buffer that a view gets (tree, skew, self time, critical path, columns, encoding), and from the
 * buffer to columns again. The reference for both is the same rows as JSON objects, without the work of building the tree.
 */
export function bench(): BenchRow[] {
  return [
    ...benchTrace('100k mixed', sampleTable(100_000, 'mixed'), 9),
    // In these two every span is on the critical path: the longest path, and the largest buffer.
    ...benchTrace('100k deep', sampleTable(100_000, 'deep'), 9),
    ...benchTrace('100k wide', sampleTable(100_000, 'wide'), 9),
    ...benchTrace('1M mixed', sampleTable(1_000_000, 'mixed'), 3),
  ];
}

function benchTrace(what: string, table: SpanTable, turns: number): BenchRow[] {
  const columns = buildTraceColumns(traceId, table);
  const buffer = encodeTraceColumns(columns);
  const json = JSON.stringify(jsonRows(columns));
  const millis = measure(
    [
      { name: 'columns', run: () => encodeTraceColumns(buildTraceColumns(traceId, table)) },
      { name: 'decode', run: () => decodeTraceColumns(buffer) },
      { name: 'stringify', run: () => JSON.stringify(jsonRows(columns)) },
      { name: 'parse', run: () => JSON.parse(json) as unknown },
    ],
    { turns },
  );
  const row = (
    name: string,
    value: number,
    unit: string,
    reference: string,
    other: number,
    goal: string,
  ): BenchRow => ({
    name: `${what}: ${name}`,
    value,
    unit,
    reference: `${reference}: ${formatNumber(other)}`,
    ratio: other / value,
    target: goal,
  });
  const time = (name: string): number => millis.get(name) ?? NaN;
  return [
    row(
      'table to encoded columns',
      time('columns'),
      'ms',
      'JSON.stringify of the rows',
      time('stringify'),
      '>= 2.9x',
    ),
    row('decode', time('decode'), 'ms', 'JSON.parse of the rows', time('parse'), '>= 10x'),
    row('size', buffer.byteLength / table.count, 'B/span', 'JSON', json.length / table.count, '>= 3x'),
  ];
}

/** A trace of 500 names in 20 services that arrived in disorder. */
function sampleTable(count: number, shape: Shape): SpanTable {
  const next = random(count);
  const below = (limit: number): number => Math.floor(next() * limit);
  const strings = [
    ...Array.from({ length: 500 }, (_, i) => `GET /api/resource-${i}/:id`),
    ...Array.from({ length: 20 }, (_, i) => `service-${i}`),
  ];
  const words = (): Uint32Array => new Uint32Array(count);
  const bytes = (): Uint8Array => new Uint8Array(count);
  const table = {
    count,
    base: 1767225600000000123n,
    spanIdHigh: words().map(() => below(2 ** 32)),
    spanIdLow: words().map(() => below(2 ** 32)),
    parentIdHigh: words(),
    parentIdLow: words(),
    start: new Float64Array(count),
    duration: new Float64Array(count),
    name: words().map(() => below(500)),
    service: words(),
    kind: bytes().map(() => 1 + below(3)),
    status: bytes().map(() => (next() < 0.03 ? 2 : 0)),
    category: bytes().map(() => below(11)),
    features: bytes(),
    strings,
  };
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = below(i + 1);
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  for (let i = 0; i < count; i++) {
    const row = order[i]!;
    if (i === 0) {
      table.service[row] = 500;
      table.duration[row] = 4000 * count;
      continue;
    }
    const parent = order[shape === 'deep' ? i - 1 : shape === 'wide' ? 0 : below(i)]!;
    const room = table.duration[parent]!;
    table.parentIdHigh[row] = table.spanIdHigh[parent]!;
    table.parentIdLow[row] = table.spanIdLow[parent]!;
    table.service[row] = next() < 0.7 ? table.service[parent]! : 500 + below(20);
    if (shape === 'deep') table.start[row] = table.start[parent]! + 1;
    else if (shape === 'wide') table.start[row] = 4000 * (i - 1);
    else table.start[row] = table.start[parent]! + below(room / 2);
    table.duration[row] = shape === 'deep' ? room - 2 : shape === 'wide' ? 3000 : below(room / 2);
  }
  return table;
}
