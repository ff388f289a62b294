import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Which requests of a connection still wait for their answers. */
export class OpenExchanges {
  private readonly bySocket = new WeakMap<Duplex, Set<Exchange>>();

  add(request: IncomingMessage, response: ServerResponse): void {
    const exchange = { request, response };
    const exchanges = this.bySocket.get(request.socket) ?? new Set();
    this.bySocket.set(request.socket, exchanges.add(exchange));
    response.once('close', () => exchanges.delete(exchange));
  }

  /** Settles once all requests that came whole have been answered, or the connection has ended. */
  async answered(socket: Duplex): Promise<void> {
    const whole = [...(this.bySocket.get(socket) ?? [])].filter(({ request }) => request.complete);
    await Promise.all(
      whole.map(({ response }) => new Promise<void>(resolve => response.once('close', () => resolve()))),
    );
  }
}
