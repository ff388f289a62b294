import { InvalidJsonError } from './invalidJsonError';

/**
 * A value of more objects, lists, members and items than this together is refused: it could not be parsed in one go
 * without holding everything else up.
 */
const maxParts = 1 << 18;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;

/** Steps through a JSON text (RFC 8259) without reading its values: what it steps over may be no JSON inside. */
export class JsonScanner {
  constructor(
    private readonly bytes: Buffer,
    /** Behind what was stepped over last. */
    public position = 0,
  ) {}

  /** Where the next value or sign begins. */
  get offset(): number {
    this.space();
    return this.position;
  }

  /** Steps over the word null, where that comes next. */
  isNull(): boolean {
    const start = this.offset;
    if (this.bytes.toString('latin1', start, start + 4) !== 'null') return false;
    this.position = start + 4;
    return true;
  }

  /** Throws unless nothing but white space is left. */
  end(): void {
    if (this.offset < this.bytes.length) this.fail('unexpected text behind the document');
  }

  /** Goes into the object or array that comes next; false, and nothing done, where it is something else. */
  enter(open: '{' | '['): boolean {
    if (this.peek() !== open.charCodeAt(0)) return false;
    this.position++;
    return true;
  }

  /** Whether another member or item comes; steps over the sign before or behind it. `isFirst`: right after enter(). */
  next(close: '}' | ']', isFirst: boolean): boolean {
    const sign = this.peek();
    if (sign === close.charCodeAt(0)) {
      this.position++;
      return false;
    }
    if (isFirst) return true;
    if (sign !== comma) this.fail(`expected "," or "${close}"`);
    this.position++;
    return true;
  }

  /** The name of the member that comes next, and the colon behind it. */
  name(): string {
    if (this.peek() !== quote) this.fail('expected the name of a member');
    const start = this.position;
    this.string();
    const text = this.bytes.toString('utf8', start, this.position);
    if (this.peek() !== colon) this.fail('expected ":"');
    this.position++;
    if (!text.includes('\\')) return text.slice(1, -1);
    const name: unknown = JSON.parse(text);
    return typeof name === 'string' ? name : '';
  }

  /** Steps over the value that comes next. */
  skip(): void {
    let depth = 0;
    let parts = 0;
    do {
      const sign = this.peek();
      if (sign === quote) this.string();
      else if (sign === 0x7b || sign === 0x5b) {
        depth++;
        parts++;
        this.position++;
      } else if (sign === 0x7d || sign === 0x5d) {
        depth--;
        this.position++;
      } else if (sign === comma || sign === colon) {
        if (sign === comma) parts++;
        this.position++;
      } else this.word();
      if (parts > maxParts) this.fail(`a value of more than ${maxParts} parts`);
      if (depth < 0) this.fail('a bracket too many');
    } while (depth > 0);
  }

  fail(problem: string): never {
    throw new InvalidJsonError(`${problem}, at byte ${this.position}`);
  }

  private peek(): number {
    this.space();
    const sign = this.bytes[this.position];
    if (sign === undefined) this.fail('the body is not JSON: it ends too early');
    return sign;
  }

  private space(): void {
    const { bytes } = this;
    for (;;) {
      const sign = bytes[this.position];
      if (sign !== 0x20 && sign !== 0x0a && sign !== 0x0d && sign !== 0x09) return;
      this.position++;
    }
  }

  private string(): void {
    const { bytes } = this;
    let at = this.position + 1;
    for (let sign = bytes[at]; sign !== quote; sign = bytes[at]) {
      if (sign === undefined) this.fail('a text does not end');
      at += sign === backslash ? 2 : 1;
    }
    this.position = at + 1;
  }

  /** A number or a literal: anything up to the next sign. */
  private word(): void {
    const start = this.position;
    const { bytes } = this;
    for (let sign = bytes[start]; sign !== undefined && isWord(sign); sign = bytes[this.position])
      this.position++;
    if (this.position === start) this.fail('expected a value');
  }
}

function isWord(sign: number): boolean {
  return (
    (sign >= 0x30 && sign <= 0x39) ||
    (sign >= 0x61 && sign <= 0x7a) ||
    (sign >= 0x41 && sign <= 0x5a) ||
    sign === 0x2d ||
    sign === 0x2b ||
    sign === 0x2e
  );
}
