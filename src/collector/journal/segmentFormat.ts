import { crc32 } from './crc32';

// A segment file, all numbers little endian:
//
//   header, 40 bytes, which later versions may add to and must otherwise keep
//      0  8  "CAUSEWAY" in ASCII
//      8  2  u16 format version
//     10  2  u16 length of the header
//     12  4  u32 number of the segment, the one in its file name
//     16  8  random id: tells this file from another that had its number before
//     24  8  f64 time of creation, milliseconds since the epoch
//     32  4  u32 floor: segments with a lower number were cleared and are void
//     36  4  u32 crc32 of the 36 bytes before
//   frames, one after the other
//      0  4  u32 length of kind and payload together
//      4  4  u32 crc32 of the segment's id, kind and payload (version 1: of kind and payload). With the id, which no
//            sender knows, nothing in a payload can pass for a frame where a recovery looks for the next one
//      8  1  u8  kind (FrameKind)
//      9  .  payload

export const journalFormatVersion = 2;
export const segmentHeaderBytes = 40;
export const frameHeaderBytes = 9;

/** Receivers take up to 64 MiB; a length above this is damage, not data. */
export const maxPayloadBytes = 256 * 1024 * 1024;

export const frameKind = {
  /** An ExportTraceServiceRequest as it arrived (converted to protobuf where it was JSON). */
  request: 1,
  /** An ExportTraceServiceRequest built by retention: spans of a dropped segment whose traces live on. */
  carried: 2,
  /** Trace ids, 16 bytes each: what earlier frames hold of these traces is void. */
  dropped: 3,
  /** Trace ids, 16 bytes each: retention keeps these traces, wherever their spans lie. */
  pinned: 4,
  /** Trace ids, 16 bytes each: they are pinned no longer. */
  unpinned: 5,
  /** An ExportLogsServiceRequest as it arrived (converted to protobuf where it was JSON). */
  logsRequest: 6,
  /** An ExportLogsServiceRequest built by retention: log records of a dropped segment whose traces live on. */
  carriedLogs: 7,
  /** Trace ids, 16 bytes each, as `dropped`; the bytes of these traces are to be erased from earlier frames. */
  deleted: 8,
} as const;
/** Kinds are numbered from 1; one above this is damage, not a kind to come. */
export const highestFrameKind = 15;
export type FrameKind = (typeof frameKind)[keyof typeof frameKind];

export interface SegmentHeader {
  /** Of the format. */
  readonly version: number;
  readonly number: number;
  /** 16 hex digits. */
  readonly id: string;
  readonly createdMs: number;
  readonly floor: number;
}

const magic = Buffer.from('CAUSEWAY', 'latin1');

export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(segmentHeaderBytes);
  magic.copy(bytes);
  bytes.writeUInt16LE(header.version, 8);
  bytes.writeUInt16LE(segmentHeaderBytes, 10);
  bytes.writeUInt32LE(header.number, 12);
  bytes.write(header.id, 16, 8, 'hex');
  bytes.writeDoubleLE(header.createdMs, 24);
  bytes.writeUInt32LE(header.floor, 32);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 36)), 36);
  return bytes;
}

/** The header at the start of `bytes`; 'newer' where a later version of the format wrote it. */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeader | 'newer' | 'damaged' {
  if (bytes.length < segmentHeaderBytes || !bytes.subarray(0, 8).equals(magic)) return 'damaged';
  if (bytes.readUInt32LE(36) !== crc32(bytes.subarray(0, 36))) return 'damaged';
  const version = bytes.readUInt16LE(8);
  if (version > journalFormatVersion) return 'newer';
  return {
    version,
    number: bytes.readUInt32LE(12),
    id: bytes.toString('hex', 16, 24),
    createdMs: bytes.readDoubleLE(24),
    floor: bytes.readUInt32LE(32),
  };
}

/** What the checksums of a segment's frames are continued from. */
export function frameSeed({ version, id }: { readonly version: number; readonly id: string }): number {
  return version === 1 ? 0 : crc32(Buffer.from(id, 'hex'));
}

/** What stands before `payload` in its frame. */
export function encodeFrameHeader(kind: number, payload: Uint8Array, seed: number): Buffer {
  const bytes = Buffer.allocUnsafe(frameHeaderBytes);
  bytes.writeUInt32LE(payload.length + 1, 0);
  bytes[8] = kind;
  bytes.writeUInt32LE(crc32(payload, crc32(bytes.subarray(8), seed)), 4);
  return bytes;
}

/** `00000042.seg`; eight digits, so that names sort like numbers. */
export function segmentFileName(number: number): string {
  return `${String(number).padStart(8, '0')}.seg`;
}

/** The number in a segment's file name; undefined for other files. */
export function segmentNumber(fileName: string): number | undefined {
  const digits = /^(\d{8,10})\.seg$/.exec(fileName)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
