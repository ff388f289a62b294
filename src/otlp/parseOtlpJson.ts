import { InvalidJsonError } from './invalidJsonError';

/** An integer that a double may not hold exactly, outside of strings and not part of a longer number. */
const longInteger = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/**
 * Parses the body of an OTLP/JSON request (UTF-8, a byte order mark is skipped: RFC 8259, section 8.1). Integers of 16
 * and more digits come out as strings: times and 64-bit attributes may be sent as JSON numbers (OTLP specification,
 * "JSON Protobuf Encoding"), which JSON.parse would round. Throws InvalidJsonError.
 */
export function parseOtlpJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(quoteLongIntegers(new TextDecoder().decode(body)));
  } catch (error) {
    throw new InvalidJsonError(
      `the body is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Goes from string to string by hand: one regular expression over all would overflow its stack on long ones. */
function quoteLongIntegers(text: string): string {
  const pieces: string[] = [];
  let kept = 0;
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const gapEnd = quote < 0 ? text.length : quote;
    if (gapEnd - at >= 16) {
      for (const match of text.slice(at, gapEnd).matchAll(longInteger)) {
        const start = at + match.index;
        pieces.push(text.slice(kept, start), '"', match[0], '"');
        kept = start + match[0].length;
      }
    }
    if (quote < 0) break;
    at = endOfString(text, quote);
  }
  if (kept === 0) return text;
  pieces.push(text.slice(kept));
  return pieces.join('');
}

/** The index behind the string that starts with the quote at `start`. */
function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end + 1;
  }
}
