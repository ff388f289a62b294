import { InvalidJsonError } from './invalidJsonError';
import { eachObject, isObject, objectMember, within, type JsonObject } from './jsonFields';
import type { MessageShape } from './requestShape';

/**
 * How many of the objects that `shape` counts an OTLP/JSON request holds, already parsed: see parseOtlpJson. What
 * should be an object or an array of them must be; other members are not looked at. Throws InvalidJsonError.
 */
export function countJsonItems(document: unknown, shape: MessageShape): number {
  if (!isObject(document)) throw new InvalidJsonError('expected an object');
  return count(document, shape);
}

/** As deep as the shape is, whatever the document is. */
function count(object: JsonObject, { counted, fields }: MessageShape): number {
  let items = counted ? 1 : 0;
  for (const { name, repeated, message } of fields) {
    if (repeated) for (const each of eachObject(object, name, item => count(item, message))) items += each;
    else {
      const inside = objectMember(object, name);
      items += within(name.camel, () => count(inside, message));
    }
  }
  return items;
}
