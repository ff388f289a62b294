import type { AttributeValue } from '../../../../../src/core/model/attributes';
import { AttributeReader } from '../../../../../src/core/semantics/attributeReader';

/** A reader of these attributes, in this order. */
export function reading(attributes: Readonly<Record<string, AttributeValue>>): AttributeReader {
  return new AttributeReader(Object.entries(attributes).map(([key, value]) => ({ key, value })));
}

/** The facts that are there. */
export function known(facts: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).filter(
      ([, value]: [string, unknown]) =>
        value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
