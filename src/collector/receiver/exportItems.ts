import { parseOtlpJson } from '../../otlp/parseOtlpJson';
import { RejectedCounts } from '../../otlp/rejectedCounts';
import { isOnePiece } from '../../otlp/splitProtobuf';
import type { OtlpEncoding } from './contentType';
import { requestPieces, type JsonConversion, type RequestPiece } from './requestPieces';
import { takeInPieces } from './takeInPieces';

/** What is done with the export requests of one signal. */
export interface ItemExport<R> extends JsonConversion<R> {
  /** @throws MalformedProtobufError for bytes that `ingest` would not take as a whole */
  readonly check: (bytes: Uint8Array) => void;
  readonly ingest: (bytes: Uint8Array) => Promise<{ readonly rejected: readonly R[] }>;
  /** Told of what was left out before there was any protobuf of it. */
  readonly noteRejected?: (rejected: readonly R[]) => void;
}

/** A request of this size is over so soon that nobody notices; larger ones may be taken in pieces. */
const wholeBytes = 128 * 1024;

/**
 * Stores the items of an export request, and answers those that were left out. The journal holds protobuf only: JSON is
 * converted first. A large request is stored as several, with the event loop free in between. Rejects with
 * MalformedProtobufError, InvalidJsonError or UnavailableError.
 */
export async function exportItems<Reason extends string>(
  body: Uint8Array,
  encoding: OtlpEncoding,
  kind: ItemExport<{ readonly reason: Reason; readonly count: number }>,
): Promise<{ reason: Reason; count: number }[]> {
  const counts = new RejectedCounts<Reason>();
  const whole = wholePiece(body, encoding, kind);
  const take = async (piece: typeof whole & object): Promise<void> => {
    const { rejected } = await kind.ingest(piece.bytes);
    kind.noteRejected?.(piece.rejected);
    for (const { reason, count } of [...piece.rejected, ...rejected]) counts.add(reason, count);
  };
  if (whole) await take(whole);
  else
    await takeInPieces(
      () => requestPieces(body, encoding, kind),
      ({ bytes }) => kind.check(bytes),
      take,
    );
  return counts.list();
}

/** The request as one, where it is small, or of few items; undefined where it is to be taken in pieces. */
function wholePiece<R>(
  body: Uint8Array,
  encoding: OtlpEncoding,
  kind: ItemExport<R>,
): RequestPiece<R> | undefined {
  const isSmall = body.length <= wholeBytes;
  if (encoding === 'json') return isSmall ? kind.fromJson(parseOtlpJson(body)) : undefined;
  return isSmall || isOnePiece(body) ? { bytes: body, rejected: [] } : undefined;
}
