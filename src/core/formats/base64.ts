const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Value of each ASCII character, 64 for those that are none; `-` and `_` of RFC 4648 section 5 count too. */
const sextets = new Uint8Array(128).fill(64);
for (let i = 0; i < alphabet.length; i++) sextets[alphabet.charCodeAt(i)] = i;
sextets['-'.charCodeAt(0)] = 62;
sextets['_'.charCodeAt(0)] = 63;

/** Standard base64 with padding (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    part += alphabet.charAt(word >> 18) + alphabet.charAt((word >> 12) & 63);
    part += left > 1 ? alphabet.charAt((word >> 6) & 63) : '=';
    part += left > 2 ? alphabet.charAt(word & 63) : '=';
    // Long ropes are slow to flatten; hand over in pieces.
    if (part.length >= 8192) {
      parts.push(part);
      part = '';
    }
  }
  parts.push(part);
  return parts.join('');
}

/**
 * The bytes of base64 text: standard or URL-safe alphabet, padded or not (proto3 JSON mapping: parsers accept either);
 * undefined where `text` is none.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  let length = text.length;
  if (length % 4 === 0 && text.endsWith('==')) length -= 2;
  else if (length % 4 === 0 && text.endsWith('=')) length -= 1;
  if (length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < length; i++) {
    const sextet = sextets[text.charCodeAt(i)] ?? 64;
    if (sextet === 64) return undefined;
    word = ((word << 6) | sextet) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (word >> bits) & 0xff;
    }
  }
  return bytes;
}
