// Sends the shop its shoppers: `--once` one request of each kind, else a mix of them until it is stopped.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { urlOf } from './shared/config';
import { REQUESTS, type ShopperRequest } from './traffic/requests';

const USAGE = `usage: traffic [--once] [--rate REQUESTS_PER_SECOND] [--kind KIND] [--gateway URL] [--json]
kinds: ${REQUESTS.map(({ kind }) => kind).join(', ')}`;

const { values: options } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    rate: { type: 'string', default: '1' },
    kind: { type: 'string' },
    gateway: { type: 'string', default: urlOf('gateway') },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function send({ kind, method, path, apiKey, body }: ShopperRequest) {
  const headers = {
    ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(new URL(path, options.gateway), { method, headers, ...sent });
  const answer: unknown = await response.json();
  const requestId = response.headers.get('x-request-id');
  const traceId = response.headers.get('x-trace-id');
  return { kind, method, path, status: response.status, requestId, traceId, answer };
}

type Sent = Awaited<ReturnType<typeof send>>;

function print({ kind, method, path, status, requestId, traceId }: Sent): void {
  console.log(
    `${kind.padEnd(18)} ${status} ${`${method} ${path}`.padEnd(22)} ${requestId ?? '-'}  trace ${traceId ?? '-'}`,
  );
}

async function sendEachOnce(requests: ShopperRequest[]): Promise<void> {
  const sent: Sent[] = [];
  for (const request of requests) {
    sent.push(await send(request));
    if (!options.json) sent.slice(-1).forEach(print);
  }
  if (options.json) console.log(JSON.stringify({ gateway: options.gateway, requests: sent }, undefined, 2));
}

async function sendMix(requests: ShopperRequest[], perSecond: number): Promise<never> {
  const drawn = requests.flatMap(request => Array.from({ length: request.weight }, () => request));
  for (;;) {
    const request = drawn[Math.floor(Math.random() * drawn.length)];
    // Not awaited: a slow answer does not hold up the next shopper.
    if (request !== undefined) void send(request).then(report, complain);
    await sleep(1000 / perSecond);
  }
}

function report(sent: Sent): void {
  if (options.json) console.log(JSON.stringify(sent));
  else print(sent);
}

function complain(error: unknown): void {
  // What `fetch` itself says is only "fetch failed".
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = reason instanceof Error ? reason.message : String(reason);
  console.error(`no answer from ${options.gateway} (${why}); is the shop open?`);
}

async function main(): Promise<void> {
  const requests = REQUESTS.filter(({ kind }) => options.kind === undefined || kind === options.kind);
  const perSecond = Number(options.rate);
  if (options.help || requests.length === 0 || !(perSecond > 0)) {
    console.error(USAGE);
    process.exit(options.help ? 0 : 2);
  }
  await (options.once ? sendEachOnce(requests) : sendMix(requests, perSecond));
}

main().catch((error: unknown) => {
  complain(error);
  process.exit(1);
});
