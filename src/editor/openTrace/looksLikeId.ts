/**
 * Whether typed text may be an id worth asking the collector for: hex digits (an id or a prefix of one, four at
 * least so that words such as `add` are not taken for one), a W3C traceparent, a request id (a word with a digit in it,
 * six characters at least) or an attribute (`order.id=42`).
 */
export function looksLikeId(text: string): boolean {
  const trimmed = text.trim();
  return (
    /^["']?[0-9a-f]{4,32}["']?$/i.test(trimmed) ||
    /[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}/i.test(trimmed) ||
    /^["']?(?=\D{0,256}\d)[\w.:@/+=~-]{6,256}["']?$/.test(trimmed) ||
    /^["']?[a-z_][\w./-]{0,256}["']?\s{0,4}[:=]\s{0,4}[^\s/]/i.test(trimmed)
  );
}
