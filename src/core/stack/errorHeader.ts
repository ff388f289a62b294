export interface ErrorHeader {
  readonly type: string;
  readonly message: string;
}

/** What consoles and runtimes put before the header of an error that nobody caught, or that refers to itself. */
const prefixes = ['<ref *1> ', 'Uncaught ', 'error: ', '(in promise) ', 'Uncaught '];

/** No name of an error is longer; keeps every match on a header in bounded time. */
const maxNameLength = 256;

/** `TypeError`, `Foo [Error]` and `TypeError [ERR_INVALID_ARG_TYPE]`, up to the colon or the end of the line. */
const namePattern = /^([\p{L}_$][\p{L}\p{N}_$.]*)(?: \[[\w .:]*\])?(?=: |:?$)/u;

/**
 * Splits what stands before the frames into the error's name and its message, as Error.prototype.toString joined them
 * (ECMA-262, section 20.5.3.4): `name: message`, or one of the two alone. The code that Node puts behind the name in
 * brackets is no part of either.
 */
export function parseErrorHeader(text: string): ErrorHeader {
  let rest = text;
  for (const prefix of prefixes) if (rest.startsWith(prefix)) rest = rest.slice(prefix.length);
  const end = rest.indexOf('\n');
  const line = (end < 0 ? rest : rest.slice(0, end)).slice(0, maxNameLength);
  const match = namePattern.exec(line);
  const name = match?.[1];
  if (match === null || name === undefined) return { type: '', message: rest };
  const after = rest.slice(match[0].length);
  if (after.startsWith(': ')) return { type: name, message: after.slice(2) };
  if (after.startsWith(':')) return { type: name, message: after.slice(1).trimStart() };
  // One word alone is a message unless it is a usual name of an error: `throw new Error()` prints just "Error".
  if (namesAnError(name)) return { type: name, message: after.trimStart() };
  return { type: '', message: rest };
}

/** True for a line that is surely the header of an error: its name says Error or Exception (`Foo [Error]: x` too). */
export function looksLikeErrorHeader(line: string): boolean {
  const name = namePattern.exec(line.slice(0, maxNameLength))?.[0];
  return name !== undefined && namesAnError(name);
}

/** True for a line that may be the header of an error: `name: message`, whatever the name. */
export function mayBeErrorHeader(line: string): boolean {
  const name = namePattern.exec(line.slice(0, maxNameLength))?.[0];
  return name !== undefined && (namesAnError(name) || line.startsWith(':', name.length));
}

function namesAnError(name: string): boolean {
  return name.includes('Error') || name.includes('Exception');
}
