import { requestIdAttributes } from '../../core/semantics/requestIdAttributes';
import type { ScalarValue } from '../../otlp/encodeAttribute';
import type { AttributeQuery } from '../search/attributeQuery';

/** What a pasted text may say about attributes. */
export interface AttributeLookup {
  /** To be tried in order: a later one only where those before find nothing. */
  readonly queries: readonly AttributeQuery[];
  /** How it was understood, for "nothing found" messages. */
  readonly lookedFor: string;
}

/** `request_id=…`, `"requestId": "…"`, `X-Request-Id: …` anywhere in a line of text, likewise correlation and message ids. */
const labelledId =
  /(?<![\w.-])((?:[a-z]{1,20}[._-])?(?:request|req|correlation|message|conversation|invocation)[._-]?id)["']?\s{0,4}[:=]\s{0,4}["']?([^\s"',;&)}\]]{1,256})/i;

/** An id alone, of a kind that is not an id of OpenTelemetry's: one word with a digit in it. */
const bareId = /^[\w.:@/+=~-]{4,256}$/;

const maxText = 1024;

/**
 * Understands `key=value` (also with a colon, also in quotes), a request id with its name in a line of text, and a
 * request id alone. Undefined where the text is none of these. Linear in the length of the text.
 */
export function readAttributeLookup(text: string): AttributeLookup | undefined {
  const trimmed = text.trim();
  return labelled(trimmed) ?? assignment(trimmed) ?? bare(trimmed);
}

function labelled(text: string): AttributeLookup | undefined {
  const [, name, value] = labelledId.exec(text) ?? [];
  // The ids of traces and spans are no attributes.
  if (name === undefined || value === undefined) return undefined;
  const lookedFor = `attribute ${name} = ${JSON.stringify(value)}, or a request id under another name`;
  const asText = { keys: [...new Set([name, ...requestIdAttributes])], values: [value] };
  const others = typedValues(value).filter(other => typeof other !== 'string');
  return {
    queries: others.length === 0 ? [asText] : [asText, { keys: [name], values: others }],
    lookedFor,
  };
}

function assignment(text: string): AttributeLookup | undefined {
  if (text.length > maxText) return undefined;
  const sign = text.search(/[:=]/);
  const key = unquoted(text.slice(0, Math.max(sign, 0)).trim());
  const written = text.slice(sign + 1).trim();
  const value = unquoted(written);
  if (!/^[a-z_][\w./-]*$/i.test(key) || value === '' || written.startsWith('//')) return undefined;
  const values = value === written ? typedValues(value) : [value];
  return { queries: [{ keys: [key], values }], lookedFor: `attribute ${key} = ${JSON.stringify(value)}` };
}

function bare(text: string): AttributeLookup | undefined {
  const value = unquoted(text);
  // A URL is text in which ids are looked for, no id.
  if (!bareId.test(value) || !/\d/.test(value) || value.includes('//')) return undefined;
  return {
    queries: [{ keys: requestIdAttributes, values: [value] }],
    lookedFor: `request id ${JSON.stringify(value)}`,
  };
}

/** What a value without quotes can be in OTLP. */
function typedValues(text: string): ScalarValue[] {
  const values: ScalarValue[] = [text];
  if (text === 'true' || text === 'false') values.push(text === 'true');
  if (/^-?\d{1,19}$/.test(text)) values.push(BigInt(text));
  if (/^-?\d{1,300}(?:\.\d{1,300})?$/.test(text)) values.push(Number(text));
  return values;
}

function unquoted(text: string): string {
  const quote = text[0];
  const isQuoted = text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote);
  return isQuoted ? text.slice(1, -1) : text;
}
