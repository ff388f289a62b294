import { ByteList } from './byteList';
import { ProtobufReader } from './protobufReader';
import { longContext, maxContextBytes, protobufPiece, type PieceLimits } from './pieceLimits';

/** Fields that are looked at before the caller gets a turn, in requests that hold next to nothing in very many fields. */
const fieldsPerTurn = 1 << 16;

const noBytes = new Uint8Array(0);

const resources = 0x0a;
const scopes = 0x12;
const items = 0x12;

/** A message but for the fields of one number, encoded, and where those lie that are left. */
interface Group {
  /** What comes along in every piece: resource or scope, and schema URL. Undefined where that is too long. */
  readonly context: Uint8Array | undefined;
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts an export request of any signal (they have the same field numbers down to spans, log records and metrics) into
 * requests within `limits` that hold the same together, in order. A piece may be empty. The pieces are made
 * as they are asked for. Items whose resource or scope is longer than maxContextBytes are left out, and their number is
 * told. Throws MalformedProtobufError where the framing is damaged, also after pieces were given out.
 */
export function* splitProtobuf(
  bytes: Uint8Array,
  limits = protobufPiece,
  onLeftOut: (items: number) => void = () => undefined,
): Generator<Uint8Array> {
  const piece = new Piece(limits);
  let fields = 0;
  const request = new ProtobufReader(bytes);
  for (let tag = request.tag(); tag !== 0; tag = request.tag()) {
    if (tag !== resources) {
      request.skip(tag);
      continue;
    }
    const byResource = contextOf(bytes, request.stepOver(), request.offset, scopes);
    const inResource = new ProtobufReader(bytes, byResource.start, byResource.end);
    piece.openResource(byResource.context ?? noBytes);
    for (let inner = inResource.tag(); inner !== 0; inner = inResource.tag()) {
      if (++fields % fieldsPerTurn === 0) yield piece.finish();
      if (inner !== scopes) {
        inResource.skip(inner);
        continue;
      }
      const byScope = contextOf(bytes, inResource.stepOver(), inResource.offset, items);
      const inScope = new ProtobufReader(bytes, byScope.start, byScope.end);
      const isKept = byResource.context !== undefined && byScope.context !== undefined;
      piece.openScope(byScope.context ?? noBytes);
      let leftOut = 0;
      for (let start = inScope.offset, last = inScope.tag(); last !== 0; last = inScope.tag()) {
        inScope.skip(last);
        if (last === items && isKept) piece.add(bytes.subarray(start, inScope.offset));
        else if (last === items) leftOut++;
        start = inScope.offset;
        if (++fields % fieldsPerTurn === 0 || piece.isFull) yield piece.finish();
      }
      piece.closeScope();
      if (leftOut > 0) onLeftOut(leftOut);
    }
    piece.closeResource();
  }
  yield piece.finish();
}

/** Of few items, so many bytes are stored in one go. */
const maxWholeBytes = 8 * 1024 * 1024;

/** Whether a request need not be cut: it has few items. Throws MalformedProtobufError where the framing is damaged. */
export function isOnePiece(bytes: Uint8Array, maxItems = protobufPiece.items): boolean {
  if (bytes.length > maxWholeBytes) return false;
  const reader = new ProtobufReader(bytes);
  let count = 0;
  // Three loops and no function for them: this is done with every request that is not small.
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag !== resources) {
      reader.skip(tag);
      continue;
    }
    const requestEnd = reader.enter();
    for (let inner = reader.tag(); inner !== 0; inner = reader.tag()) {
      if (inner !== scopes) {
        reader.skip(inner);
        continue;
      }
      const resourceEnd = reader.enter();
      for (let last = reader.tag(); last !== 0; last = reader.tag()) {
        if (last === items) count++;
        reader.skip(last);
      }
      reader.leave(resourceEnd);
    }
    reader.leave(requestEnd);
  }
  return count <= maxItems;
}

function contextOf(bytes: Uint8Array, start: number, end: number, left: number): Group {
  const context = new ByteList();
  const reader = new ProtobufReader(bytes, start, end);
  for (let from = start, tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    reader.skip(tag);
    if (tag !== left) context.add(bytes.subarray(from, reader.offset));
    from = reader.offset;
    if (context.length > maxContextBytes) return { context: undefined, start, end };
  }
  return { context: context.join(), start, end };
}

/** A request that is being put together from parts of another one. */
class Piece {
  private readonly request = new ByteList();
  private resource: { readonly context: Uint8Array; readonly body: ByteList } | undefined;
  private scope: { readonly context: Uint8Array; readonly body: ByteList } | undefined;
  private count = 0;
  private bytes = 0;
  /** Of the resource and scope that the piece before had already. */
  private repeatedBytes = 0;

  constructor(private readonly limits: PieceLimits) {}

  /** What is repeated must not outweigh what it comes with. */
  get isFull(): boolean {
    if (this.count >= longContext.items && this.repeatedBytes > longContext.bytes) return true;
    const isEnough = this.count >= this.limits.items || this.bytes >= this.limits.bytes;
    return isEnough && this.bytes >= this.repeatedBytes;
  }

  openResource(context: Uint8Array): void {
    this.resource = { context, body: new ByteList() };
  }

  openScope(context: Uint8Array): void {
    this.scope = { context, body: new ByteList() };
  }

  add(item: Uint8Array): void {
    this.scope?.body.add(item);
    this.count++;
    this.bytes += item.length;
  }

  closeScope(): void {
    const { scope, resource } = this;
    if (scope && resource && scope.body.length > 0) {
      this.bytes += scope.context.length;
      resource.body.addMessage(scopes, [scope.context, scope.body]);
    }
    this.scope = undefined;
  }

  closeResource(): void {
    const { resource } = this;
    if (resource && resource.body.length > 0) {
      this.bytes += resource.context.length;
      this.request.addMessage(resources, [resource.context, resource.body]);
    }
    this.resource = undefined;
  }

  /** What there is so far; what follows belongs to the same resource and scope. */
  finish(): Uint8Array {
    const { resource, scope } = this;
    this.closeScope();
    this.closeResource();
    const bytes = this.request.join();
    this.request.clear();
    this.count = this.bytes = 0;
    if (resource) this.openResource(resource.context);
    if (scope) this.openScope(scope.context);
    this.repeatedBytes = (resource?.context.length ?? 0) + (scope?.context.length ?? 0);
    return bytes;
  }
}
