import type { AttributeValue } from '../../core/model/attributes';

/** A plain JSON value as an attribute's: whole numbers become integers, what is nested its JSON text. */
export function plainValue(json: unknown): AttributeValue {
  if (typeof json === 'string' || typeof json === 'boolean' || json === null) return json;
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json;
  return JSON.stringify(json);
}
