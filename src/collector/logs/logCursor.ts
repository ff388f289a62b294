import type { LogKey } from '../store/logReader';

/** A place in a list of log records, as clients keep it between two pages. */
export function formatLogCursor({ micros, nanos, trace, spanHigh, spanLow, hash }: LogKey): string {
  return [micros, nanos, trace, spanHigh, spanLow, hash].join('.');
}

/** Undefined where `text` is none that formatLogCursor made. */
export function parseLogCursor(text: string): LogKey | undefined {
  if (!/^-?\d{1,17}(?:\.-?\d{1,17}){5}$/.test(text)) return undefined;
  const [micros = 0, nanos = 0, trace = 0, spanHigh = 0, spanLow = 0, hash = 0] = text.split('.').map(Number);
  return { micros, nanos, trace, spanHigh, spanLow, hash };
}
