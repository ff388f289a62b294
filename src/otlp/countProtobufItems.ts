import { ProtobufReader } from './protobufReader';
import type { MessageShape } from './requestShape';

/**
 * How many of the messages that `shape` counts an encoded request holds. Every field of every message in `shape` is
 * checked to end where its message does; what lies deeper is skipped. Throws MalformedProtobufError.
 */
export function countProtobufItems(bytes: Uint8Array, shape: MessageShape): number {
  return count(new ProtobufReader(bytes), shape);
}

/** As deep as the shape is, whatever the bytes are. */
function count(reader: ProtobufReader, { counted, fields }: MessageShape): number {
  let items = counted ? 1 : 0;
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    const known = fields.find(each => each.tag === tag);
    if (known) {
      const outerEnd = reader.enter();
      items += count(reader, known.message);
      reader.leave(outerEnd);
    } else reader.skip(tag);
  }
  return items;
}
