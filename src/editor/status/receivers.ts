import type { ReceiverState, Status } from '../../protocol/collectorProtocol';

/** What each receiver does, one line each; Zipkin's only where it was asked for. */
export function receiverLines(status: Status): { readonly text: string; readonly failed: boolean }[] {
  const zipkin = status.zipkin.state === 'off' ? [] : [line('Zipkin', status.zipkin)];
  return [line('OTLP over HTTP', status.http), line('OTLP over gRPC', status.grpc), ...zipkin];
}

function line(name: string, receiver: ReceiverState): { text: string; failed: boolean } {
  switch (receiver.state) {
    case 'listening':
      return { text: `${name} on port ${receiver.port}`, failed: false };
    case 'off':
      return { text: `${name} is off`, failed: false };
    case 'failed':
      return { text: `${name}: ${receiver.message}`, failed: true };
  }
}
