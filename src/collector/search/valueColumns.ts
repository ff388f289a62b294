import { anyValueToJson } from '../../core/formats/otlpJson';
import { plainValue } from '../../core/formats/plainValue';
import { ValueType, type SpanValues } from '../../core/columns/spanValues';
import type { AttributeValue } from '../../core/model/attributes';

/** UTF-16 units of a text that are kept: what a row's label or a condition needs. */
export const maxValueUnits = 4096;
/** … and of all texts together; beyond it the texts that are new are cut to a few. */
const maxUnits = 32 * 1024 * 1024;
const fewUnits = 32;

/** Gathers the values of spans; equal texts are kept once. */
export class ValueColumns {
  /** Values whose text was too long. */
  cut = 0;
  private count = 0;
  private spanIdHigh = new Uint32Array(1024);
  private spanIdLow = new Uint32Array(1024);
  private type = new Uint8Array(1024);
  private number = new Float64Array(1024);
  private readonly strings = new Map<string, number>();
  private units = 0;

  add(high: number, low: number, value: AttributeValue): void {
    if (this.count === this.type.length) this.grow();
    const i = this.count++;
    this.spanIdHigh[i] = high;
    this.spanIdLow[i] = low;
    // The conventions have headers as arrays, mostly of one: its item is what one looks for.
    const one = Array.isArray(value) && value.length === 1 ? only(value) : value;
    this.put(i, one);
  }

  finish(): SpanValues {
    const { count } = this;
    return {
      count,
      spanIdHigh: this.spanIdHigh.subarray(0, count),
      spanIdLow: this.spanIdLow.subarray(0, count),
      type: this.type.subarray(0, count),
      number: this.number.subarray(0, count),
      strings: [...this.strings.keys()],
    };
  }

  private put(i: number, value: AttributeValue): void {
    if (typeof value === 'string') this.putText(i, ValueType.String, value);
    else if (typeof value === 'boolean') this.putNumber(i, ValueType.Bool, Number(value));
    else if (typeof value === 'number') this.putNumber(i, ValueType.Double, value);
    else if (typeof value === 'bigint') {
      const near = Number(value);
      if (Number.isSafeInteger(near)) this.putNumber(i, ValueType.Int, near);
      else this.putText(i, ValueType.LongInt, String(value));
    } else this.putText(i, ValueType.Json, JSON.stringify(plainValue(anyValueToJson(value))));
  }

  private putNumber(i: number, type: ValueType, value: number): void {
    this.type[i] = type;
    this.number[i] = value;
  }

  private putText(i: number, type: ValueType, text: string): void {
    const most = this.units < maxUnits ? maxValueUnits : fewUnits;
    let key = text;
    if (text.length > most && !this.strings.has(text)) {
      this.cut++;
      // The copy lets go of the text.
      key = Buffer.from(text.slice(0, most)).toString();
    }
    let index = this.strings.get(key);
    if (index === undefined) {
      index = this.strings.size;
      this.strings.set(key, index);
      this.units += key.length;
    }
    this.putNumber(i, type, index);
  }

  private grow(): void {
    const { spanIdHigh, spanIdLow, type, number } = this;
    const length = type.length * 2;
    (this.spanIdHigh = new Uint32Array(length)).set(spanIdHigh);
    (this.spanIdLow = new Uint32Array(length)).set(spanIdLow);
    (this.type = new Uint8Array(length)).set(type);
    (this.number = new Float64Array(length)).set(number);
  }
}

function only(values: readonly AttributeValue[]): AttributeValue {
  return values[0] ?? null;
}
