import { parseTraceId, type TraceId } from '../core/model/ids';

const idBytes = 16;

/** The payload of the journal's frames that name traces: 16 bytes each. */
export function encodeTraceIds(traceIds: readonly TraceId[]): Uint8Array {
  return Buffer.from(traceIds.join(''), 'hex');
}

export function decodeTraceIds(payload: Uint8Array): TraceId[] {
  const traceIds: TraceId[] = [];
  for (let at = 0; at + idBytes <= payload.length; at += idBytes) {
    const id = parseTraceId(Buffer.from(payload.subarray(at, at + idBytes)).toString('hex'));
    if (id) traceIds.push(id);
  }
  return traceIds;
}
