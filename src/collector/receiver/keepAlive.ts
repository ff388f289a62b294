import type { Http2Session } from 'node:http2';

/** Pings an HTTP/2 connection every `everyMs` and ends it where no answer comes within `withinMs`. */
export function keepAlive(session: Http2Session, everyMs: number, withinMs: number): void {
  let answer: NodeJS.Timeout | undefined;
  const timer = setInterval(() => {
    answer ??= setTimeout(() => session.destroy(), withinMs);
    // One that cannot be sent is not answered either.
    if (!session.destroyed)
      session.ping(error => {
        if (error) return;
        clearTimeout(answer);
        answer = undefined;
      });
  }, everyMs);
  session.once('close', () => {
    clearInterval(timer);
    clearTimeout(answer);
  });
}
