export interface TimestampFormat {
  /** Digits after the second, 0 to 9; 3 unless given. What is beyond is cut, not rounded. */
  readonly digits?: number;
  /** UTC, with a Z at the end, instead of local time. */
  readonly utc?: boolean;
}

/** A point in time (ns since the Unix epoch) for people: `2026-03-01 12:34:56.789`. */
export function formatTimestamp(ns: bigint, { digits = 3, utc = false }: TimestampFormat = {}): string {
  const nanosOfSecond = ((ns % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const date = new Date(Number((ns - nanosOfSecond) / 1_000_000n));
  // Beyond the range of Date (ECMAScript, section "Time Values and Time Range") the number has to do.
  if (Number.isNaN(date.getTime())) return `${ns.toString()} ns`;
  const shifted = utc ? date : new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  const text = shifted.toISOString();
  const end = text.lastIndexOf('.');
  const fraction = digits > 0 ? `.${nanosOfSecond.toString().padStart(9, '0').slice(0, digits)}` : '';
  return `${text.slice(0, end).replace('T', ' ')}${fraction}${utc ? 'Z' : ''}`;
}
