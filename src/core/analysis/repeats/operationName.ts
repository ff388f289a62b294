/** Names without digits and quotes stay as they are, and are most. */
const mayVary = /[\d'"]/u;

/**
 * What changes from call to call in a span name: quoted text, UUIDs, hexadecimal ids of eight digits and more, and
 * numbers that are words of their own (`v2` and `http2` stay).
 */
const varying =
  /'(?:[^']|'')*'|"[^"]*"|\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b|\b0x[\da-f]+\b|\b(?=[a-f]*\d)[\da-f]{8,}\b|(?<![\w.$@])[+-]?\d+(?:\.\d+)*(?![\w])/giu;

/** A span name with what varies replaced by `?`: `GET /users/42` and `GET /users/7` are both `GET /users/?`. */
export function operationName(name: string): string {
  return mayVary.test(name) ? name.replace(varying, '?') : name;
}
