import { ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import { isLoopbackHost } from './loopback';

/**
 * Turns down calls to a name that is not loopback, as the HTTP receiver does with a foreign Host header. `:authority` is
 * optional in gRPC (PROTOCOL-HTTP2.md, "Requests"); a browser never leaves it out.
 */
export const refuseForeignAuthority: ServerInterceptor = (_method, call) =>
  new ServerInterceptingCall(call, {
    start: next =>
      next({
        onReceiveMetadata: (metadata, pass) => {
          const authority: unknown = call.getHost();
          if (typeof authority !== 'string' || authority === '' || isLoopbackHost(asHost(authority)))
            pass(metadata);
          else
            call.sendStatus({
              code: status.PERMISSION_DENIED,
              details: `The authority ${JSON.stringify(authority.slice(0, 200))} is not a loopback name. Causeway answers calls to localhost only.`,
            });
        },
      }),
  });

/** As a Host header has it. The C core writes `[::1]:1` as `%5B::1%5D:1`, node:http2 as `::1:1`. */
function asHost(authority: string): string {
  const unescaped = authority.replace(/%5b/gi, '[').replace(/%5d/gi, ']').replace(/%3a/gi, ':');
  return unescaped.replace(/^::1(?=:\d+$|$)/, '[::1]');
}
