import { isKeyValueList, type Attributes, type AttributeValue } from '../model/attributes';

/** A named value as text: a header, a parameter. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/**
 * Attributes under the several names that one thing has had over time: of the names asked for, the first one counts
 * that the attributes have, so that the stable name stands before the older ones.
 */
export class AttributeReader {
  private readonly values = new Map<string, AttributeValue>();

  /** Of duplicate keys the last one counts, as for attribute(). */
  constructor(private readonly attributes: Attributes) {
    for (const { key, value } of attributes) this.values.set(key, value);
  }

  /** Undefined where there is none, or only empty ones. */
  value(...keys: readonly string[]): AttributeValue | undefined {
    for (const key of keys) {
      const value = this.values.get(key);
      if (value !== undefined && value !== null && value !== '') return value;
    }
    return undefined;
  }

  /** The value as text: see valueAsText. */
  text(...keys: readonly string[]): string | undefined {
    const value = this.value(...keys);
    return value === undefined ? undefined : valueAsText(value);
  }

  /** A number, or a text that is one; a count beyond 2^53 is rounded. */
  number(...keys: readonly string[]): number | undefined {
    const value = this.value(...keys);
    if (typeof value === 'number') return value;
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
  }

  /** All attributes whose key begins so, without that beginning, in the order in which they came. */
  under(...prefixes: readonly string[]): readonly NamedText[] {
    return this.attributes.flatMap(({ key, value }) => {
      const prefix = prefixes.find(each => key.startsWith(each) && key.length > each.length);
      return prefix === undefined ? [] : [{ name: key.slice(prefix.length), text: valueAsText(value) }];
    });
  }
}

/** One line where it is a plain value, or several of them (`a, b`); JSON where it is nested; bytes as hex digits. */
export function valueAsText(value: AttributeValue): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  if (value instanceof Uint8Array) return hexDigits(value);
  const isList = !isKeyValueList(value) && value.length > 0 && value.every(isPlain);
  return isList ? value.map(valueAsText).join(', ') : JSON.stringify(asJson(value));
}

function isPlain(value: AttributeValue): boolean {
  return value === null || typeof value !== 'object';
}

/** The value as JSON.stringify takes it. */
export function asJson(value: AttributeValue): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (value instanceof Uint8Array) return hexDigits(value);
  if (value === null || typeof value !== 'object') return value;
  if (isKeyValueList(value))
    return Object.fromEntries(value.entries.map(each => [each.key, asJson(each.value)]));
  return value.map(asJson);
}

function hexDigits(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
