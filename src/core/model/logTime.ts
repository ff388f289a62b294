/** When a log record happened: its own time, or where that is unknown, when it was observed (logs.proto, LogRecord). */
export function logTime(record: {
  readonly timeUnixNano: string;
  readonly observedTimeUnixNano: string;
}): bigint {
  const time = BigInt(record.timeUnixNano);
  return time === 0n ? BigInt(record.observedTimeUnixNano) : time;
}
