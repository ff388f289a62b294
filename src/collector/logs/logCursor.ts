import type { LogTime } from '../store/logReader';

/** A place in a list of log records, as clients keep it between two pages. */
export function formatLogCursor({ micros, nanos, segment, offset }: LogTime): string {
  return [micros, nanos, segment, offset].join('.');
}

/** Undefined where `text` is none that formatLogCursor made. */
export function parseLogCursor(text: string): LogTime | undefined {
  if (!/^\d{1,17}(?:\.\d{1,17}){3}$/.test(text)) return undefined;
  const [micros = 0, nanos = 0, segment = 0, offset = 0] = text.split('.').map(Number);
  return { micros, nanos, segment, offset };
}
