import { InvalidColumnsError } from './invalidColumnsError';
import { readStrings } from './readStrings';
import { ValueType, type SpanValues } from './spanValues';
import { headerBytes, magic, valuesLayout, version } from './spanValuesLayout';

/**
 * The values in a buffer of encodeSpanValues, as views on it. Everything is checked, so that a reader may follow any
 * index into the strings.
 * @throws InvalidColumnsError
 */
export function decodeSpanValues(buffer: ArrayBuffer): SpanValues {
  if (buffer.byteLength < headerBytes)
    throw new InvalidColumnsError(`${buffer.byteLength} bytes are too few for a header of ${headerBytes}`);
  const header = new DataView(buffer);
  const field = (index: number): number => header.getUint32(4 * index, true);
  if (field(0) !== magic || field(1) !== version)
    throw new InvalidColumnsError('the buffer holds no span values of this version');
  const count = field(2);
  const at = valuesLayout(count, field(3));
  if (at.text + field(4) !== buffer.byteLength)
    throw new InvalidColumnsError(
      `the values need ${at.text + field(4)} bytes, the buffer has ${buffer.byteLength}`,
    );
  const values = {
    count,
    spanIdHigh: new Uint32Array(buffer, at.ids, count),
    spanIdLow: new Uint32Array(buffer, at.ids + 4 * count, count),
    type: new Uint8Array(buffer, at.types, count),
    number: new Float64Array(buffer, at.numbers, count),
    strings: readStrings(
      new Uint8Array(buffer, at.text, field(4)),
      new Uint32Array(buffer, at.stringEnds, field(3)),
    ),
  };
  for (let i = 0; i < count; i++) check(values, i);
  return values;
}

/** Types whose number is an index into the strings. */
const indexTypes: readonly number[] = [ValueType.String, ValueType.LongInt, ValueType.Json];

function check({ type, number, strings }: SpanValues, i: number): void {
  const kind = type[i] ?? 0;
  if (kind < 1 || kind > 6) throw new InvalidColumnsError(`value ${i} has the unknown type ${kind}`);
  if (!indexTypes.includes(kind)) return;
  const index = number[i] ?? -1;
  if (!Number.isInteger(index) || index < 0 || index >= strings.length)
    throw new InvalidColumnsError(`the string of value ${i} is missing`);
}
