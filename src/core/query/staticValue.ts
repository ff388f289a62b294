import { SpanKind, StatusCode } from '../model/span';

/** The types that TraceQL's values have. */
export const enum StaticType {
  /** There is no value. */
  Nil = 0,
  String = 1,
  Bool = 2,
  Int = 3,
  Float = 4,
  /** ns */
  Duration = 5,
  /** StatusCode */
  Status = 6,
  /** SpanKind */
  Kind = 7,
}

/** A value that is written down in a condition; a truth value is 0 or 1. */
export type StaticValue =
  | { readonly type: StaticType.Nil }
  | { readonly type: StaticType.String; readonly text: string }
  | { readonly type: Exclude<StaticType, StaticType.Nil | StaticType.String>; readonly number: number };

/** Whether values of these types can be compared: the same one, or both numbers. Nil compares with none. */
export function areComparable(a: number, b: number): boolean {
  return a === b ? a !== nil : isNumeric(a) && isNumeric(b);
}

/** Whether a StaticType, as a column holds it, is that of a number. */
export function isNumeric(type: number): boolean {
  return numericTypes.includes(type);
}

const nil: number = StaticType.Nil;
const numericTypes: readonly number[] = [StaticType.Int, StaticType.Float, StaticType.Duration];

export const statusNames: ReadonlyMap<string, number> = new Map([
  ['unset', StatusCode.Unset],
  ['ok', StatusCode.Ok],
  ['error', StatusCode.Error],
]);

export const kindNames: ReadonlyMap<string, number> = new Map([
  ['unspecified', SpanKind.Unspecified],
  ['internal', SpanKind.Internal],
  ['server', SpanKind.Server],
  ['client', SpanKind.Client],
  ['producer', SpanKind.Producer],
  ['consumer', SpanKind.Consumer],
]);

const nanosecondsIn: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86_400e9,
};

/** A number or duration (`10ms`, `1h30m`) that is all of `text`; undefined where it is none. */
export function readNumber(text: string): StaticValue | undefined {
  if (/^[-+]?\d+$/.test(text)) return { type: StaticType.Int, number: Number(text) };
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text))
    return { type: StaticType.Float, number: Number(text) };
  if (!/^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d))+$/.test(text)) return undefined;
  let number = 0;
  for (const [, count, unit] of text.matchAll(/([\d.]+)([a-zµμ]+)/g))
    number += Number(count) * (nanosecondsIn[unit ?? ''] ?? 0);
  return { type: StaticType.Duration, number: text.startsWith('-') ? -number : number };
}
