import { ByteList } from './byteList';
import type { Field } from './jsonFields';
import { JsonScanner } from './jsonScanner';
import { maxContextBytes, jsonPiece, type PieceLimits } from './pieceLimits';

/** The names of the lists in a request of one signal, from the outermost to its items. */
export interface ListNames {
  readonly byResource: Field;
  readonly byScope: Field;
  readonly items: Field;
}

/** Items that are in no document: their resource or scope is longer than maxContextBytes. */
export interface LeftOut {
  readonly leftOut: number;
}

/** A document with one resource and one scope. */
export interface JsonPiece {
  readonly text: Uint8Array;
  readonly items: number;
  /** Which resource of the whole document that is, and which scope of that resource. */
  readonly resource: number;
  readonly scope: number;
}

/** Resources and scopes, and items, in one document: each costs memory that its few bytes do not show. */
const maxLists = 1 << 17;
const maxItems = 1 << 20;

/** What is stepped over before the caller gets a turn. */
const bytesPerTurn = 1024 * 1024;

const comma = Buffer.from(',');

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Cuts an OTLP/JSON export request into documents within `limits` that hold the same together, in order.
 * The pieces are made as they are asked for, with the number of items between them that are left out; an undefined one only gives the caller a turn. Throws InvalidJsonError
 * where the lists are none; what is within resources, scopes and items is not looked at: parsing the pieces tells.
 */
export function* splitJson(
  body: Buffer,
  names: ListNames,
  limits = jsonPiece,
): Generator<JsonPiece | LeftOut | undefined> {
  const contents = new Contents(body, names, limits);
  yield* contents.read();
  for (const scope of contents.scopes) {
    if (scope.context.isTooLong || scope.resource.context.isTooLong) {
      if (scope.endItem > scope.firstItem) yield { leftOut: scope.endItem - scope.firstItem };
      continue;
    }
    const head = new ByteList();
    head.add(Buffer.from(`{"${names.byResource.camel}":[{`));
    head.addAll(scope.resource.context.members);
    head.add(Buffer.from(`"${names.byScope.camel}":[{`));
    head.addAll(scope.context.members);
    head.add(Buffer.from(`"${names.items.camel}":[`));
    const before = head.join();
    for (let from = scope.firstItem; from < scope.endItem;) {
      const end = contents.endOfPiece(from, scope.endItem, before.length);
      const text = new ByteList();
      text.add(before);
      text.add(contents.text(from, end));
      text.add(Buffer.from(']}]}]}'));
      yield { text: text.join(), items: end - from, resource: scope.resource.index, scope: scope.index };
      from = end;
    }
  }
}

/** What comes along in every piece: the members of a resource or scope but for its list, each with a comma behind it. */
class Context {
  readonly members = new ByteList();
  isTooLong = false;

  add(member: Uint8Array): void {
    if (this.isTooLong) return;
    this.members.add(member);
    this.members.add(comma);
    if (this.members.length <= maxContextBytes) return;
    this.isTooLong = true;
    this.members.clear();
  }
}

interface Resource {
  readonly index: number;
  readonly context: Context;
}

interface Scope {
  readonly index: number;
  readonly resource: Resource;
  readonly context: Context;
  readonly firstItem: number;
  endItem: number;
}

/** Where everything lies in a document. */
class Contents {
  readonly scopes: Scope[] = [];
  private starts = new Uint32Array(1024);
  private ends = new Uint32Array(1024);
  private items = 0;
  private readonly scanner: JsonScanner;
  private turnAt = bytesPerTurn;

  constructor(
    private readonly body: Buffer,
    private readonly names: ListNames,
    private readonly limits: PieceLimits,
  ) {
    // RFC 8259, section 8.1: a byte order mark may be ignored.
    this.scanner = new JsonScanner(body, body.subarray(0, 3).equals(byteOrderMark) ? 3 : 0);
  }

  *read(): Generator<undefined> {
    const { scanner, names } = this;
    if (!scanner.enter('{')) scanner.fail('expected an object');
    let resources = 0;
    for (let first = true; scanner.next('}', first); first = false) {
      if (!isNamed(scanner.name(), names.byResource)) scanner.skip();
      else
        for (const list = this.list(); list.next().done !== true;)
          yield* this.resource({ index: resources++, context: new Context() });
    }
    scanner.end();
  }

  /** The end of the piece that begins with item `from`; what is repeated should not outweigh what it comes with. */
  endOfPiece(from: number, end: number, repeatedBytes: number): number {
    const most = Math.min(end, from + this.limits.items);
    const bytes = Math.max(this.limits.bytes, repeatedBytes);
    let to = from + 1;
    while (to < most && (this.ends[to] ?? 0) - (this.starts[from] ?? 0) <= bytes) to++;
    return to;
  }

  /** Items with the commas between them. */
  text(from: number, end: number): Uint8Array {
    return this.body.subarray(this.starts[from], this.ends[end - 1]);
  }

  private *resource(resource: Resource): Generator<undefined> {
    const { scanner, names } = this;
    const own: Scope[] = [];
    if (resource.index === maxLists) scanner.fail(`more than ${maxLists} resources`);
    if (!scanner.enter('{')) scanner.fail('expected an object');
    for (let first = true; scanner.next('}', first); first = false) {
      const start = scanner.offset;
      if (isNamed(scanner.name(), names.byScope))
        for (const list = this.list(); list.next().done !== true;) {
          const scope = { index: own.length, resource, context: new Context() };
          yield* this.scope({ ...scope, firstItem: this.items, endItem: this.items }, own);
        }
      else this.addContext(resource.context, start);
    }
  }

  private *scope(scope: Scope, own: Scope[]): Generator<undefined> {
    const { scanner, names } = this;
    if (!scanner.enter('{')) scanner.fail('expected an object');
    for (let first = true; scanner.next('}', first); first = false) {
      const start = scanner.offset;
      if (isNamed(scanner.name(), names.items)) yield* this.itemList();
      else this.addContext(scope.context, start);
    }
    scope.endItem = this.items;
    own.push(scope);
    this.scopes.push(scope);
    if (this.scopes.length > maxLists) scanner.fail(`more than ${maxLists} scopes`);
  }

  private *itemList(): Generator<undefined> {
    const { scanner } = this;
    for (const start of this.list()) {
      scanner.skip();
      this.addItem(start, scanner.position);
      if (scanner.position < this.turnAt) continue;
      this.turnAt = scanner.position + bytesPerTurn;
      yield undefined;
    }
  }

  /** Where each item of the list begins that comes next; null is an empty one. The caller steps over the items. */
  private *list(): Generator<number> {
    const { scanner } = this;
    if (scanner.isNull()) return;
    if (!scanner.enter('[')) scanner.fail('expected an array');
    for (let first = true; scanner.next(']', first); first = false) yield scanner.offset;
  }

  private addContext(context: Context, start: number): void {
    const { scanner, body } = this;
    scanner.skip();
    context.add(body.subarray(start, scanner.position));
  }

  private addItem(start: number, end: number): void {
    const { items } = this;
    if (items === maxItems) this.scanner.fail(`more than ${maxItems} items in one request`);
    if (items === this.starts.length) {
      this.starts = grown(this.starts);
      this.ends = grown(this.ends);
    }
    this.starts[items] = start;
    this.ends[items] = end;
    this.items++;
  }
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * array.length);
  larger.set(array);
  return larger;
}

function isNamed(name: string, { camel, snake }: Field): boolean {
  return name === camel || name === snake;
}
