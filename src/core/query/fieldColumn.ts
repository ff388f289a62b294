import { ValueType, type SpanValues } from '../columns/spanValues';
import { StaticType } from './staticValue';

/** The value of a field for every row of a trace, as columns. */
export interface FieldColumn {
  /** Of all rows, or of each; Nil where the span has no value. */
  readonly type: StaticType | Uint8Array;
  /** The number, 0 or 1 for a truth value, or an index into `strings`. */
  readonly value: Float64Array | Uint32Array | Uint8Array;
  readonly strings: readonly string[];
}

/** The text columns of a trace and one value for all, as a column of texts. */
export function textColumn(value: Uint32Array, strings: readonly string[]): FieldColumn {
  return { type: StaticType.String, value, strings };
}

/** Values that were asked for by span, as a column. `rowOf` answers -1 where the trace has no such span. */
export function columnOfValues(
  values: SpanValues,
  count: number,
  rowOf: (high: number, low: number) => number,
): FieldColumn {
  const type = new Uint8Array(count);
  const value = new Float64Array(count);
  const longs = new Map<number, number>();
  for (let i = 0; i < values.count; i++) {
    const row = rowOf(values.spanIdHigh[i] ?? 0, values.spanIdLow[i] ?? 0);
    if (row < 0) continue;
    const from = values.type[i] ?? 0;
    const number = values.number[i] ?? 0;
    type[row] = staticTypes[from] ?? StaticType.Nil;
    value[row] = from === longInt ? nearest(number, values.strings, longs) : number;
  }
  return { type, value, strings: values.strings };
}

const longInt: number = ValueType.LongInt;

/** By ValueType. An array or map is compared as its JSON. */
const staticTypes: readonly StaticType[] = [
  StaticType.Nil,
  StaticType.String,
  StaticType.Bool,
  StaticType.Int,
  StaticType.Float,
  StaticType.Int,
  StaticType.String,
];

/** The double next to an int64 that has none of its own: a number in a condition is one too. */
function nearest(index: number, strings: readonly string[], known: Map<number, number>): number {
  let number = known.get(index);
  if (number === undefined) known.set(index, (number = Number(strings[index])));
  return number;
}
