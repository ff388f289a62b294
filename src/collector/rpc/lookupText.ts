/** What a pasted text may name, likeliest first. Hex digits are lower case. */
export interface Lookup {
  readonly traceId?: string;
  readonly spanId?: string;
  /** Fewer than 32 digits: the start of a trace id (of 16 digits: that, a span id, or a trace id of 64 bits). */
  readonly prefix?: string;
  /** How it was understood, for "nothing found" messages. */
  readonly lookedFor: string;
}

/** A prefix shorter than this matches too much to be meant. */
const minPrefix = 2;

/**
 * Understands what people paste: a `traceparent` header (W3C Trace Context, section 3.2), a trace id, a span id or the
 * start of a trace id; in any case, with dashes as in a UUID, in quotes, in a URL, or in a line of text around it.
 * Undefined where the text holds none of these. Linear in the length of the text.
 */
export function readLookup(text: string): Lookup | undefined {
  const lower = text.toLowerCase();
  return traceparent(lower) ?? uuid(lower) ?? alone(lower) ?? within(lower);
}

/** version "-" trace-id "-" parent-id "-" trace-flags; later versions may append more (section 4). */
function traceparent(text: string): Lookup | undefined {
  const found = /(?<![0-9a-f])(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?![0-9a-f])/.exec(
    text,
  );
  const [, traceId, spanId] = found ?? [];
  if (traceId === undefined || spanId === undefined || isZero(traceId)) return undefined;
  const named = isZero(spanId) ? { traceId } : { traceId, spanId };
  return { ...named, lookedFor: `traceparent with trace id ${traceId}` };
}

function uuid(text: string): Lookup | undefined {
  const found = /(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])/.exec(text);
  return found ? byLength(found[0].replaceAll('-', '')) : undefined;
}

/** The text is nothing but an id, in quotes or brackets perhaps. */
function alone(text: string): Lookup | undefined {
  const bare = text.replace(/^[^0-9a-z]+|[^0-9a-z]+$/g, '').replace(/^0x/, '');
  return /^[0-9a-f]+$/.test(bare) && bare.length >= minPrefix ? byLength(bare) : undefined;
}

/** A trace id anywhere in the text, else a span id; shorter runs of digits are words, times and ports. */
function within(text: string): Lookup | undefined {
  const runs = text.match(/(?<![0-9a-z])[0-9a-f]+(?![0-9a-z])/g) ?? [];
  const id =
    runs.find(run => run.length === 32 && !isZero(run)) ??
    runs.find(run => run.length === 16 && !isZero(run));
  return id === undefined ? labelled(text) : byLength(id);
}

/** `trace_id=4bf92f`, `traceId: "4bf92f"`: a short id is believed where it is called one. */
function labelled(text: string): Lookup | undefined {
  const found = /(?:trace|span)[ _.-]?id["']?\s{0,4}[:=]\s{0,4}["']?([0-9a-f]{2,32})(?![0-9a-z])/.exec(text);
  return found?.[1] === undefined ? undefined : byLength(found[1]);
}

function byLength(digits: string): Lookup | undefined {
  if (digits.length > 32) return undefined;
  if (digits.length === 32)
    return isZero(digits) ? undefined : { traceId: digits, lookedFor: `trace id ${digits}` };
  // Ids of 64 bits are padded with zeros in front: a prefix of zeros is one like any other.
  if (digits.length !== 16 || isZero(digits))
    return { prefix: digits, lookedFor: `trace id beginning with ${digits}` };
  return {
    spanId: digits,
    prefix: digits,
    lookedFor: `span id, or trace id beginning or ending with, ${digits}`,
  };
}

function isZero(digits: string): boolean {
  return /^0+$/.test(digits);
}
