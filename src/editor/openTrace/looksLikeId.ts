/**
 * Whether typed text may be an id worth asking the collector for: hex digits (an id or a prefix of one, four at
 * least so that words such as `add` are not taken for one), or a W3C traceparent.
 */
export function looksLikeId(text: string): boolean {
  const trimmed = text.trim();
  return (
    /^["']?[0-9a-f]{4,32}["']?$/i.test(trimmed) ||
    /[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}/i.test(trimmed)
  );
}
