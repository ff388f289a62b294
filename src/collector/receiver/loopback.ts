/**
 * Whether a Host header names this machine's loopback. A page of a foreign site can make the browser talk to 127.0.0.1
 * under a name of its own (DNS rebinding), but it cannot change the Host header that goes with that name.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  const found = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/i.exec(host);
  return found?.[1] !== undefined && isLoopbackName(found[1].toLowerCase());
}

/** Whether an Origin header (RFC 6454, section 7) is a page served from loopback. */
export function isLoopbackOrigin(origin: string): boolean {
  const found = /^https?:\/\/(.*)$/i.exec(origin);
  return found !== null && isLoopbackHost(found[1]);
}

function isLoopbackName(name: string): boolean {
  // The dot at the end makes it absolute (RFC 6761, section 6.3, names it so).
  if (name === 'localhost' || name === 'localhost.' || name === '[::1]') return true;
  const parts = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(name);
  return parts?.slice(1).every(part => Number(part) <= 255) ?? false;
}
