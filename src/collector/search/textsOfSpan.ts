import { isKeyValueList, type Attributes, type AttributeValue } from '../../core/model/attributes';
import type { Span } from '../../core/model/span';

/** The texts of a span that people search: name, status message, keys and values of attributes, events. */
export function textsOfSpan({ name, status, attributes, events }: Span): string[] {
  return [
    name,
    status.message,
    ...ofAttributes(attributes),
    ...events.flatMap(event => [event.name, ...ofAttributes(event.attributes)]),
  ];
}

function ofAttributes(attributes: Attributes): string[] {
  return attributes.flatMap(({ key, value }) => [key, ...ofValue(value)]);
}

function ofValue(value: AttributeValue): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return isKeyValueList(value) ? ofAttributes(value.entries) : value.flatMap(ofValue);
}
