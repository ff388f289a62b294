import type { KeyValue } from '../../core/model/attributes';
import { nanoseconds } from '../../core/model/nanoseconds';
import type { SpanEvent } from '../../core/model/span';
import { field, isObject, member, stringMember, type JsonObject } from '../jsonFields';
import { nanosOfMicros } from './nanosOfMicros';
import { plainValue } from './plainValue';

const timestamp = field('timestamp');
const value = field('value');

/**
 * An annotation as a span event: `"name": {"key": …}` where an OpenTelemetry exporter wrote the attributes of an event
 * there ("OpenTelemetry to Zipkin Transformation", section "Events"), else its text is the name. Throws InvalidJsonError.
 */
export function eventOfAnnotation(annotation: JsonObject): SpanEvent {
  const text = stringMember(annotation, value);
  const named = namedAttributes(text);
  return {
    time: nanoseconds(nanosOfMicros(member(annotation, timestamp) ?? 0, timestamp.camel)),
    name: named?.name ?? text,
    attributes: named?.attributes ?? [],
    droppedAttributesCount: 0,
  };
}

function namedAttributes(text: string): { name: string; attributes: KeyValue[] } | undefined {
  if (!/^\s*"/.test(text) || !/\}\s*$/.test(text)) return undefined;
  const [entry, ...more] = Object.entries(parsed(`{${text}}`) ?? {});
  if (!entry || more.length > 0 || !isObject(entry[1])) return undefined;
  const attributes = Object.entries(entry[1]).map(([key, each]) => ({ key, value: plainValue(each) }));
  return { name: entry[0], attributes };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const object: unknown = JSON.parse(text);
    return isObject(object) ? object : undefined;
  } catch (error) {
    // Then it is a text that looks like it, and stays one.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
