import type { SpanTable } from '../../core/tree/spanTable';
import type { Dictionary } from './dictionary';
import type { Statement } from './statement';
import type { Tables } from './tables';
import type { TraceRow } from './traceRow';

/** Reads all spans of a trace into columns. */
export class SpanTableReader {
  private readonly select: Statement;

  constructor(private readonly tables: Tables) {
    this.select = tables.db.prepare(
      `SELECT span_hi, span_lo, parent_hi, parent_lo, name, service, start_us, start_ns, duration, kind, status, category,
        features, segment, offset FROM spans WHERE trace = ?`,
    );
  }

  /** In order of arrival. The start of a span whose start is 0 is -Number(base) exactly, whatever the rounding. */
  read(row: TraceRow): SpanTable {
    const { startMicros, startNanos } = row;
    const base = BigInt(startMicros) * 1000n + BigInt(startNanos);
    const unknownStart = -Number(base);
    const strings = new Strings();
    const table = emptyTable(row.spanCount, base, strings.list);
    const arrival = new Float64Array(row.spanCount);
    const { select } = this;
    select.bindNumber(1, row.id);
    let i = 0;
    for (; select.step(); i++) {
      if (i === row.spanCount) throw new Error(`trace ${row.traceId} has more spans than its row tells`);
      table.spanIdHigh[i] = select.number(0);
      table.spanIdLow[i] = select.number(1);
      table.parentIdHigh[i] = select.number(2);
      table.parentIdLow[i] = select.number(3);
      table.name[i] = strings.indexOf(this.tables.names, select.number(4), strings.names);
      table.service[i] = strings.indexOf(this.tables.services, select.number(5), strings.services);
      const micros = select.number(6);
      const nanos = select.number(7);
      table.start[i] =
        micros === 0 && nanos === 0 ? unknownStart : (micros - startMicros) * 1000 + (nanos - startNanos);
      table.duration[i] = select.number(8);
      table.kind[i] = select.number(9);
      table.status[i] = select.number(10);
      table.category[i] = select.number(11);
      table.features[i] = select.number(12);
      arrival[i] = (select.number(13) - row.firstSegment) * segmentSpan + select.number(14);
    }
    return inOrder(table, arrival, i);
  }
}

/** More than any segment is long: a segment is rotated at 32 MiB and takes one more frame of at most 256 MiB. */
const segmentSpan = 2 ** 29;

function emptyTable(count: number, base: bigint, strings: readonly string[]): SpanTable {
  return {
    count,
    base,
    spanIdHigh: new Uint32Array(count),
    spanIdLow: new Uint32Array(count),
    parentIdHigh: new Uint32Array(count),
    parentIdLow: new Uint32Array(count),
    start: new Float64Array(count),
    duration: new Float64Array(count),
    name: new Uint32Array(count),
    service: new Uint32Array(count),
    kind: new Uint8Array(count),
    status: new Uint8Array(count),
    category: new Uint8Array(count),
    features: new Uint8Array(count),
    strings,
  };
}

/** The first `count` rows of `table`, ordered by `arrival`. */
function inOrder(table: SpanTable, arrival: Float64Array, count: number): SpanTable {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((a, b) => (arrival[a] ?? 0) - (arrival[b] ?? 0));
  const sorted = emptyTable(count, table.base, table.strings);
  for (let to = 0; to < count; to++) {
    const from = order[to] ?? 0;
    sorted.spanIdHigh[to] = table.spanIdHigh[from] ?? 0;
    sorted.spanIdLow[to] = table.spanIdLow[from] ?? 0;
    sorted.parentIdHigh[to] = table.parentIdHigh[from] ?? 0;
    sorted.parentIdLow[to] = table.parentIdLow[from] ?? 0;
    sorted.start[to] = table.start[from] ?? 0;
    sorted.duration[to] = table.duration[from] ?? 0;
    sorted.name[to] = table.name[from] ?? 0;
    sorted.service[to] = table.service[from] ?? 0;
    sorted.kind[to] = table.kind[from] ?? 0;
    sorted.status[to] = table.status[from] ?? 0;
    sorted.category[to] = table.category[from] ?? 0;
    sorted.features[to] = table.features[from] ?? 0;
  }
  return sorted;
}

/** Dictionary ids to indices into one list of texts. */
class Strings {
  readonly list: string[] = [];
  readonly names = new Map<number, number>();
  readonly services = new Map<number, number>();

  indexOf(dictionary: Dictionary, id: number, known: Map<number, number>): number {
    let index = known.get(id);
    if (index === undefined) {
      index = this.list.push(dictionary.text(id)) - 1;
      known.set(id, index);
    }
    return index;
  }
}
