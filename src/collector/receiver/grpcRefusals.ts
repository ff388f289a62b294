import { ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import type { RateLimitedLog } from '../log';

/**
 * Logs each call that does not end well, those that grpc-js turns down by itself included: a message over the limit or
 * one that cannot be decompressed never reaches the service.
 */
export function logRefusedCalls(refusals: RateLimitedLog): ServerInterceptor {
  return (method, call) => {
    let arrived = false;
    let told = false;
    const refused = (code: string, why: string): void => {
      if (told) return;
      told = true;
      refusals.write(`grpc ${code}`, 'warn', 'grpc', `refused ${method.path} with ${code}: ${why}`);
    };
    return new ServerInterceptingCall(call, {
      start: next =>
        next({
          onReceiveMessage: (message, pass) => {
            arrived = true;
            pass(message);
          },
          onCancel: () => {
            if (!arrived) refused('no message', 'it was too large or damaged, or the client gave up');
          },
        }),
      sendStatus: (sent, next) => {
        if (sent.code === status.OK) told = true;
        else refused(status[sent.code], sent.details);
        next(sent);
      },
    });
  };
}
