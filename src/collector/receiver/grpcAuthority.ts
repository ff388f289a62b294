/** An `:authority` as a Host header has it. The C core writes `[::1]:1` as `%5B::1%5D:1`, node:http2 as `::1:1`. */
export function asHost(authority: string): string {
  const unescaped = authority.replace(/%5b/gi, '[').replace(/%5d/gi, ']').replace(/%3a/gi, ':');
  return unescaped.replace(/^::1(?=:\d+$|$)/, '[::1]');
}
