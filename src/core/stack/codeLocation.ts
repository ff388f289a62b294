import { frameKind } from './frameKind';
import { pathOfFileUrl } from './pathOfFileUrl';
import type { StackFrame } from './stackTrace';

/**
 * The place in the code that a span names itself, as a frame: `code.file.path`, `code.line.number`,
 * `code.column.number` and `code.function.name` (code attributes, stable since semantic conventions 1.33), else their
 * older names `code.filepath`, `code.lineno`, `code.column`, `code.function` with `code.namespace`. `read` answers the
 * value of an attribute, of whatever type. undefined where no file is named.
 */
export function codeLocation(read: (key: string) => unknown): StackFrame | undefined {
  const named = text(read('code.file.path')) ?? text(read('code.filepath'));
  if (named === undefined) return undefined;
  const file = pathOfFileUrl(named);
  const line = position(read('code.line.number')) ?? position(read('code.lineno'));
  const column = position(read('code.column.number')) ?? position(read('code.column'));
  const kind = frameKind(file);
  return {
    text: [file, line, line === undefined ? undefined : column].filter(part => part !== undefined).join(':'),
    function: functionName(read),
    file,
    line,
    column: line === undefined ? undefined : column,
    kind,
    inApp: kind === 'app',
  };
}

function functionName(read: (key: string) => unknown): string {
  const full = text(read('code.function.name'));
  if (full !== undefined) return full;
  const name = text(read('code.function'));
  const namespace = text(read('code.namespace'));
  return namespace !== undefined && name !== undefined ? `${namespace}.${name}` : (name ?? '');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A line or column number, from 1: an int64 arrives as a bigint or as decimal text, and some SDKs send a string. */
function position(value: unknown): number | undefined {
  const number =
    typeof value === 'number' || typeof value === 'bigint'
      ? Number(value)
      : typeof value === 'string' && /^\d{1,10}$/.test(value)
        ? Number(value)
        : Number.NaN;
  return Number.isInteger(number) && number >= 1 && number < 2 ** 31 ? number : undefined;
}
