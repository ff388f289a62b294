import { frameKind } from '../frameKind';
import { limits } from '../limits';
import { pathOfFileUrl } from '../pathOfFileUrl';
import type { StackFrame } from '../stackTrace';
import { parsePosition, parseV8Location, type V8Location } from './v8Location';

/**
 * Reads one frame as V8 prints it (v8.dev/docs/stack-trace-api, "Appendix: Stack trace format"), undefined where the
 * line is none: `at fn (file:line:col)`, `at async fn (…)`, `at new Fn (…)`, `at Type.fn [as alias] (…)`, or the
 * location alone. `line` is without indentation. What util.inspect puts behind the last frame (` {`, `,`, `]`) is left
 * out. Strict, because a message may have lines that begin with "at".
 */
export function parseV8Frame(line: string): StackFrame | undefined {
  if (!line.startsWith('at ') || line.length > limits.lineLength) return undefined;
  const text = withoutPunctuation(line);
  let body = text.slice(3);
  // A function may itself be called async.
  if (body.startsWith('async ') && body[6] !== '(') body = body.slice(6);
  if (body.endsWith(')')) {
    const open = openingParenthesis(body);
    if (open < 0) return undefined;
    const location = parseV8Location(body.slice(open + 2, -1));
    return location === undefined ? undefined : frame(text, functionName(body.slice(0, open)), location);
  }
  if (body === '<anonymous>' || body === 'native') return frame(text, body, noLocation);
  const location = parsePosition(body);
  return location !== undefined && looksLikeFile(location.file ?? '') ? frame(text, '', location) : undefined;
}

const noLocation: V8Location = { file: undefined, line: undefined, column: undefined };

function frame(text: string, name: string, location: V8Location): StackFrame {
  const file =
    location.file === undefined || location.file === '<anonymous>' ? undefined : pathOfFileUrl(location.file);
  const kind = frameKind(file);
  return {
    text,
    function: name,
    file,
    line: location.line,
    column: location.column,
    kind,
    inApp: kind === 'app',
  };
}

function withoutPunctuation(line: string): string {
  let end = line.length;
  if (line.endsWith(' {')) end -= 2;
  while (end > 0 && (line[end - 1] === ',' || line[end - 1] === ']' || line[end - 1] === ' ')) end--;
  return line.slice(0, end);
}

/** Without ` [as alias]`: how the function was called, not what it is. */
function functionName(name: string): string {
  if (!name.endsWith(']')) return name;
  const alias = name.lastIndexOf(' [as ');
  return alias < 0 ? name : name.slice(0, alias);
}

/**
 * Index of the " (" that begins the location of a frame that ends with ")". Both the function's name and the path may
 * have spaces and parentheses; where those of the path do not pair up, the first one that a path follows is taken.
 */
function openingParenthesis(body: string): number {
  const balanced = balancedParenthesis(body);
  if (balanced >= 0 && beginsLikeLocation(body, balanced + 2)) return balanced;
  for (let at = body.indexOf(' ('); at >= 0; at = body.indexOf(' (', at + 2))
    if (beginsLikeLocation(body, at + 2)) return at;
  return balanced >= 0 ? balanced : body.indexOf(' (');
}

function balancedParenthesis(body: string): number {
  let depth = 0;
  for (let i = body.length - 1; i >= 0; i--) {
    const code = body.charCodeAt(i);
    if (code === 41) depth++;
    else if (code === 40 && --depth === 0) return i > 0 && body[i - 1] === ' ' ? i - 1 : -1;
  }
  return -1;
}

const locationStarts = [
  '/',
  '\\\\',
  './',
  '../',
  'eval at ',
  '<anonymous>',
  'native',
  'index ',
  'wasm://',
  'node:',
  '[',
];

function beginsLikeLocation(body: string, at: number): boolean {
  if (locationStarts.some(start => body.startsWith(start, at))) return true;
  // A scheme or a drive: letters, digits, "+", "-" and "." up to a colon (RFC 3986, section 3.1).
  for (let i = at; i < body.length && i < at + 32; i++) {
    const code = body.charCodeAt(i);
    if (code === 58) return i > at && (body[i + 1] === '/' || body[i + 1] === '\\');
    if (!isSchemeCharacter(code)) return false;
  }
  return false;
}

function isSchemeCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 43 ||
    code === 45 ||
    code === 46
  );
}

/** Without a function before it, only what has the look of a file is one: "at 12:30" is not. */
function looksLikeFile(file: string): boolean {
  if (beginsLikeLocation(file, 0) || file.startsWith('<') || file.startsWith('REPL')) return true;
  return !file.includes(' ') && /[./\\<:]/.test(file);
}
