import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { StatusCode } from '../../../src/core/model/span';
import type { FieldColumn } from '../../../src/core/query/fieldColumn';
import { categories } from '../../../src/core/semantics/category';
import { assignServices } from '../../ui/servicePalette';
import { errorPlace, nonePlace, otherPlace, serviceColours } from '../../ui/theme';
import { categoryWords, statusWords } from '../text/words';
import { valueAt } from './valueAt';

/** Which colour each row has, and what the colours mean. */
export interface Colouring {
  /** Of each row: its place in the theme's `services`. */
  readonly places: Uint8Array;
  /** The most frequent first. */
  readonly legend: readonly LegendEntry[];
}

export interface LegendEntry {
  readonly name: string;
  readonly place: number;
  readonly spans: number;
  readonly errors: number;
}

const failed: number = StatusCode.Error;

export function colourByCategory(columns: TraceColumns): Colouring {
  return colourByName(columns, row => categoryWords[categories[columns.category[row] ?? 0] ?? 'custom']);
}

/** Errors have the colour of errors; the other two stand apart from it and from one another. */
export function colourByStatus(columns: TraceColumns): Colouring {
  const placeOf = new Map([
    [statusWords[StatusCode.Error], errorPlace],
    [statusWords[StatusCode.Ok], 1],
    [statusWords[StatusCode.Unset], otherPlace],
  ]);
  return colourByName(columns, row => statusWords[statusOf(columns, row)], placeOf);
}

function statusOf({ status }: TraceColumns, row: number): StatusCode {
  if (status[row] === failed) return StatusCode.Error;
  return status[row] === 1 ? StatusCode.Ok : StatusCode.Unset;
}

/** Spans without a value are faint. */
export function colourByValue(columns: TraceColumns, values: FieldColumn): Colouring {
  return colourByName(columns, row => valueAt(values, row));
}

/**
 * A colour for each name while there are enough of them; else for the most frequent ones, and one for all others.
 * `fixed`: places that are not the palette's to give.
 */
function colourByName(
  columns: TraceColumns,
  nameOf: (row: number) => string | undefined,
  fixed?: ReadonlyMap<string, number>,
): Colouring {
  const counts = new Map<string | undefined, { spans: number; errors: number }>();
  for (let row = 0; row < columns.count; row++) {
    const name = nameOf(row);
    let count = counts.get(name);
    if (!count) counts.set(name, (count = { spans: 0, errors: 0 }));
    count.spans++;
    if (columns.status[row] === failed) count.errors++;
  }
  const names = [...counts.keys()].filter(name => name !== undefined);
  names.sort((a, b) => (counts.get(b)?.spans ?? 0) - (counts.get(a)?.spans ?? 0) || (a < b ? -1 : 1));
  const given = fixed ?? assignServices(names.slice(0, serviceColours), serviceColours);
  const placeOf = (name: string | undefined): number =>
    name === undefined ? nonePlace : (given.get(name) ?? otherPlace);
  const places = new Uint8Array(columns.count);
  for (let row = 0; row < columns.count; row++) places[row] = placeOf(nameOf(row));
  const entry = (name: string, place: number, of: readonly (string | undefined)[]): LegendEntry => ({
    name,
    place,
    spans: of.reduce((sum, each) => sum + (counts.get(each)?.spans ?? 0), 0),
    errors: of.reduce((sum, each) => sum + (counts.get(each)?.errors ?? 0), 0),
  });
  const others = names.filter(name => !given.has(name));
  return {
    places,
    legend: [
      ...names.filter(name => given.has(name)).map(name => entry(name, placeOf(name), [name])),
      ...(others.length > 0
        ? [entry(`${others.length.toLocaleString()} other values`, otherPlace, others)]
        : []),
      ...(counts.has(undefined) ? [entry('no value', nonePlace, [undefined])] : []),
    ],
  };
}
