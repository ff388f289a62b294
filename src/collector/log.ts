import { appendFileSync, renameSync, statSync } from 'node:fs';

export type LogLevel = 'info' | 'warn' | 'error';

/** Lines tagged by subsystem: `2026-01-31T12:00:00.000Z warn  [http] …`. */
export interface Log {
  write(level: LogLevel, subsystem: string, message: string): void;
}

/** Written over once: `collector.log` and `collector.log.1` together stay below twice this. */
const rotateAtBytes = 4 * 1024 * 1024;

/**
 * A log file that is appended synchronously: the lines that matter most are those just before the process ends. Where
 * the file cannot be written the line goes to stderr; a log must never be the reason that receiving stops.
 */
export function openLogFile(path: string): Log {
  let bytes = sizeOf(path);
  return {
    write(level, subsystem, message) {
      const line = formatLine(new Date(), level, subsystem, message);
      try {
        if (bytes > rotateAtBytes) {
          renameSync(path, `${path}.1`);
          bytes = 0;
        }
        appendFileSync(path, line, { mode: 0o600 });
        bytes += Buffer.byteLength(line);
      } catch (error) {
        process.stderr.write(`${line}(${path}: ${String(error)})\n`);
      }
    },
  };
}

/** One line: line breaks of a message (a stack, or what a client sent) are indented, other control characters shown. */
export function formatLine(time: Date, level: LogLevel, subsystem: string, message: string): string {
  const safe = message
    .replace(/\r?\n/g, '\n    ')
    .replace(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g,
      c => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
  return `${time.toISOString()} ${level.padEnd(5)} [${subsystem}] ${safe}\n`;
}

/** Lines of one kind that are written in one window; those that come after them are counted. */
const linesInWindow = 5;

/**
 * Lets a few lines of one kind through in each window of `everyMs`, and says with the next one how many were held back:
 * a program that retries a bad request for hours must not fill the disk. Kinds are few: nothing that a client sent
 * belongs in one.
 */
export class RateLimitedLog {
  private readonly kinds = new Map<string, { windowEnd: number; written: number; held: number }>();

  constructor(
    private readonly log: Log,
    private readonly everyMs = 10_000,
    private readonly now: () => number = Date.now,
  ) {}

  write(kind: string, level: LogLevel, subsystem: string, message: string): void {
    const now = this.now();
    const state = this.kinds.get(kind) ?? { windowEnd: 0, written: 0, held: 0 };
    this.kinds.set(kind, state);
    if (now >= state.windowEnd) {
      state.windowEnd = now + this.everyMs;
      state.written = 0;
    }
    if (state.written >= linesInWindow) {
      state.held++;
      return;
    }
    const held = state.held > 0 ? ` (and ${state.held} more like it)` : '';
    state.written++;
    state.held = 0;
    this.log.write(level, subsystem, message + held);
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
