import type { SpanTable } from '../../core/tree/spanTable';
import type { Dictionary } from './dictionary';
import type { Tables } from './tables';
import type { TraceRow } from './traceRow';

/** Reads all spans of a trace into columns, in order of arrival: that of its fragments. */
export function readSpanTable(tables: Tables, row: TraceRow): SpanTable {
  const { startMicros, startNanos, spanCount } = row;
  const base = BigInt(startMicros) * 1000n + BigInt(startNanos);
  // Exactly this, whatever the rounding: see SpanTable.
  const unknownStart = -Number(base);
  const names = new Strings(tables.names, []);
  const services = new Strings(tables.services, names.list);
  const table = emptyTable(spanCount, base, names.list);
  let i = 0;
  tables.fragments.each(row.id, 0, Number.MAX_SAFE_INTEGER, ({ spans }) => {
    for (; spans.next(); i++) {
      if (i === spanCount) throw new Error(`trace ${row.traceId} has more spans than its row tells`);
      table.spanIdHigh[i] = spans.spanHigh;
      table.spanIdLow[i] = spans.spanLow;
      table.parentIdHigh[i] = spans.parentHigh;
      table.parentIdLow[i] = spans.parentLow;
      table.name[i] = names.indexOf(spans.name);
      table.service[i] = services.indexOf(spans.service);
      const micros = spans.startMicros;
      const nanos = spans.startNanos;
      table.start[i] =
        micros === 0 && nanos === 0 ? unknownStart : (micros - startMicros) * 1000 + (nanos - startNanos);
      table.duration[i] = spans.duration;
      table.kind[i] = spans.kind;
      table.status[i] = spans.status;
      table.category[i] = spans.category;
      table.features[i] = spans.features;
    }
    return true;
  });
  if (i < spanCount) throw new Error(`trace ${row.traceId} has fewer spans than its row tells`);
  return table;
}

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

/** Ids of a dictionary to indices into a list of texts. */
class Strings {
  private readonly known = new Map<number, number>();
  private lastId = -1;
  private lastIndex = 0;

  constructor(
    private readonly dictionary: Dictionary,
    readonly list: string[],
  ) {}

  indexOf(id: number): number {
    if (id === this.lastId) return this.lastIndex;
    let index = this.known.get(id);
    if (index === undefined) {
      index = this.list.push(this.dictionary.text(id)) - 1;
      this.known.set(id, index);
    }
    this.lastId = id;
    this.lastIndex = index;
    return index;
  }
}
