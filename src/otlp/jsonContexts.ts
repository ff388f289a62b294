import type { Resource, Scope } from '../core/model/span';
import { attributesFromJson } from './jsonAttributes';
import { field, objectMember, stringMember, uint32Member, within, type JsonObject } from './jsonFields';

const resource = field('resource');
const scope = field('scope');
const name = field('name');
const version = field('version');
const attributes = field('attributes');
const droppedAttributesCount = field('droppedAttributesCount');

/** The Resource in the member `resource` of an OTLP/JSON object. Throws InvalidJsonError. */
export function resourceFromJson(json: JsonObject): Resource {
  const object = objectMember(json, resource);
  return within('resource', () => ({
    attributes: attributesFromJson(object, attributes),
    droppedAttributesCount: uint32Member(object, droppedAttributesCount),
  }));
}

/** The InstrumentationScope in the member `scope` of an OTLP/JSON object. Throws InvalidJsonError. */
export function scopeFromJson(json: JsonObject): Scope {
  const object = objectMember(json, scope);
  return within('scope', () => ({
    name: stringMember(object, name),
    version: stringMember(object, version),
    attributes: attributesFromJson(object, attributes),
    droppedAttributesCount: uint32Member(object, droppedAttributesCount),
  }));
}
