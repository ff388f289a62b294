import { InvalidJsonError } from '../../otlp/invalidJsonError';
import { parseOtlpJson } from '../../otlp/parseOtlpJson';
import { protobufPiece } from '../../otlp/pieceLimits';
import { splitJson, type JsonPiece, type ListNames } from '../../otlp/splitJson';
import { splitProtobuf } from '../../otlp/splitProtobuf';
import type { OtlpEncoding } from './contentType';

/** An export request in protobuf, and what of the original could not be put into it. */
export interface RequestPiece<R> {
  readonly bytes: Uint8Array;
  readonly rejected: readonly R[];
}

/** How the JSON of one signal becomes protobuf, and what is said of items that are in no piece. */
export interface JsonConversion<R> {
  readonly names: ListNames;
  /** @throws InvalidJsonError */
  readonly fromJson: (document: unknown) => RequestPiece<R>;
  /** So many items whose resource or scope is too long for a request in pieces (see maxContextBytes). */
  readonly ofLargeContext: (count: number) => R;
}

/** An export request in pieces (see splitProtobuf and splitJson); an undefined one only gives a turn. */
export function* requestPieces<R>(
  body: Uint8Array,
  encoding: OtlpEncoding,
  conversion: JsonConversion<R>,
): Generator<RequestPiece<R> | undefined> {
  if (encoding === 'protobuf') {
    const left: R[] = [];
    const onLeftOut = (items: number): void => void left.push(conversion.ofLargeContext(items));
    for (const bytes of splitProtobuf(body, protobufPiece, onLeftOut))
      yield bytes.length + left.length === 0 ? undefined : { bytes, rejected: left.splice(0) };
    return;
  }
  let parts: Uint8Array[] = [];
  let rejected: R[] = [];
  let items = 0;
  let length = 0;
  const finish = (): RequestPiece<R> => {
    // Messages one behind the other are one with all their lists' items (protobuf, "Last One Wins").
    const piece = { bytes: new Uint8Array(Buffer.concat(parts, length)), rejected };
    parts = [];
    rejected = [];
    items = length = 0;
    return piece;
  };
  const text = Buffer.from(body.buffer, body.byteOffset, body.length);
  for (const json of splitJson(text, conversion.names)) {
    yield undefined;
    if (!json) continue;
    if ('leftOut' in json) {
      rejected.push(conversion.ofLargeContext(json.leftOut));
      continue;
    }
    const piece = converted(json, conversion);
    parts.push(piece.bytes);
    rejected.push(...piece.rejected);
    items += json.items;
    length += piece.bytes.length;
    if (items >= protobufPiece.items || length >= protobufPiece.bytes) yield finish();
  }
  yield finish();
}

/** What is wrong with a piece gets the path that it has in the whole. */
function converted<R>(piece: JsonPiece, { names, fromJson }: JsonConversion<R>): RequestPiece<R> {
  try {
    return fromJson(parseOtlpJson(piece.text));
  } catch (error) {
    if (!(error instanceof InvalidJsonError)) throw error;
    const byResource = names.byResource.camel;
    const byScope = names.byScope.camel;
    const path = error.path
      .replace(`${byResource}[0].${byScope}[0]`, `${byResource}[0].${byScope}[${piece.scope}]`)
      .replace(`${byResource}[0]`, `${byResource}[${piece.resource}]`);
    throw new InvalidJsonError(error.problem, path, error.format);
  }
}
