import assert from 'node:assert/strict';
import { DataFolder, runToEnd } from './support/dataFolder';
import { Foreground } from './support/foreground';
import { buildPrograms, type Programs } from './support/programs';
import { Shop, type ShopRequest } from './support/shop';

interface Span {
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: string;
  service: string;
  category: string;
  status: { code: string };
  attributes: Record<string, unknown>;
  events: { name: string; attributes: Record<string, unknown> }[];
  links: { traceId: string; spanId: string }[];
  durationNano: string;
}

interface Trace {
  traceId: string;
  services: string[];
  errorCount: number;
  spans: Span[];
  criticalPath: { spanId: string }[];
}

interface Log {
  spanId: string;
  severityText: string;
  body: string;
  service: string;
  attributes: Record<string, unknown>;
}

describe('the shop', () => {
  let programs: Programs;
  let folder: DataFolder;
  let collector: Foreground;
  let requests: ShopRequest[];

  before(async function () {
    this.timeout(180_000);
    programs = await buildPrograms();
    folder = new DataFolder();
    collector = await Foreground.start(programs, folder);
    const shop = await Shop.start(`http://127.0.0.1:${collector.httpPort}`);
    try {
      requests = await shop.visit();
      await untilJobRan();
    } finally {
      // Its services send what they have left before they end.
      await shop.close();
    }
  });
  after(async () => {
    await collector.end();
    await folder.remove();
  });

  async function json<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await runToEnd(programs.cli, [
      ...args,
      '--json',
      '--data-dir',
      folder.path,
    ]);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as T;
  }

  function listed(): Promise<{ traceId: string; rootName: string; rootService: string }[]> {
    return json('traces');
  }

  /** The job of the checkout runs a moment after the request has been answered. */
  async function untilJobRan(): Promise<void> {
    while (!(await listed()).some(({ rootService }) => rootService === 'worker'));
  }

  function request(kind: string): ShopRequest {
    const found = requests.find(each => each.kind === kind);
    assert.ok(found, `no request of kind ${kind}`);
    return found;
  }

  async function traceOf(kind: string): Promise<Trace> {
    return json('trace', request(kind).traceId);
  }

  function only(trace: Trace, test: (span: Span) => boolean): Span {
    const [span, ...more] = trace.spans.filter(test);
    assert.ok(span && more.length === 0, `${more.length + (span ? 1 : 0)} spans instead of one`);
    return span;
  }

  const isError = ({ status }: Span): boolean => status.code === 'STATUS_CODE_ERROR';

  it('has a trace of each request, with a root at the gateway and no missing parents', async () => {
    const traces = new Map((await listed()).map(trace => [trace.traceId, trace]));
    for (const { kind, traceId } of requests) {
      assert.equal(traces.get(traceId)?.rootService, 'gateway', kind);
      const trace = await json<Trace & { warnings: { code: string }[] }>('trace', traceId);
      assert.deepEqual(
        trace.warnings.filter(({ code }) => code !== 'clock-skew'),
        [],
        kind,
      );
      assert.ok(trace.criticalPath.length > 0);
    }
  });

  it('shows the gateway: root with request id, and auth, rate limit and route below it', async () => {
    const trace = await traceOf('checkout');
    const root = only(trace, span => span.parentSpanId === '');
    assert.deepEqual([root.category, root.kind, root.service], ['gateway', 'SPAN_KIND_SERVER', 'gateway']);
    assert.equal(root.attributes['request_id'], request('checkout').requestId);
    assert.equal(root.attributes['http.route'], '/checkout');
    const below = (name: string): Span =>
      only(trace, span => span.parentSpanId === root.spanId && span.name === name);
    assert.equal(below('auth').attributes['auth.result'], 'allowed');
    assert.equal(below('auth').attributes['tenant.id'], 'acme');
    assert.equal(typeof below('rate limit').attributes['rate_limit.remaining'], 'number');
    assert.deepEqual(
      [below('auth').category, below('rate limit').category, below('route').category],
      ['auth', 'gateway', 'gateway'],
    );
  });

  it('shows functions with what went in and came out', async () => {
    const price = only(await traceOf('checkout'), span => span.name === 'priceCart');
    assert.equal(price.category, 'runtime');
    assert.equal(price.attributes['function.name'], 'priceCart');
    assert.ok(Array.isArray(JSON.parse(String(price.attributes['input.value']))));
    assert.match(String(price.attributes['output.value']), /^\d+$/);
  });

  it('shows database spans with statement, parameters and rows, and writes with before and after', async () => {
    const trace = await traceOf('checkout');
    const reads = trace.spans.filter(({ attributes }) =>
      String(attributes['db.query.text']).startsWith('SELECT'),
    );
    assert.ok(reads.length >= 2);
    for (const { category, attributes } of reads) {
      assert.equal(category, 'database');
      assert.equal(attributes['db.system.name'], 'postgresql');
      assert.equal(attributes['db.response.returned_rows'], 1);
    }
    const writes = trace.spans.filter(({ attributes }) => attributes['db.mutation.table'] === 'stock');
    assert.equal(writes.length, 2);
    for (const { attributes } of writes) {
      const [before, after] = ['before', 'after'].map(
        side => JSON.parse(String(attributes[`db.mutation.${side}`])) as { sku: string; quantity: number },
      );
      assert.equal(before?.sku, attributes['db.mutation.key']);
      assert.ok(after && before && after.quantity < before.quantity);
    }
  });

  it('shows outbound HTTP, and the call that timed out as the error it is', async () => {
    const trace = await traceOf('carrier-times-out');
    assert.equal(request('carrier-times-out').status, 504);
    const call = only(trace, span => span.category === 'http' && span.service === 'orders');
    assert.ok(isError(call));
    assert.equal(call.kind, 'SPAN_KIND_CLIENT');
    assert.ok(Number(call.durationNano) >= 250e6, call.durationNano);
    assert.ok(trace.criticalPath.some(({ spanId }) => spanId === call.spanId));
  });

  it('shows the hand-off, and the job it became as a trace of its own that links back', async () => {
    const checkout = await traceOf('checkout');
    const send = only(checkout, span => span.kind === 'SPAN_KIND_PRODUCER');
    assert.equal(send.category, 'messaging');
    const job = (await listed()).find(({ rootService }) => rootService === 'worker');
    assert.ok(job);
    const root = only(await json<Trace>('trace', job.traceId), span => span.parentSpanId === '');
    assert.deepEqual([root.kind, root.category], ['SPAN_KIND_CONSUMER', 'job']);
    assert.equal(root.attributes['parent_request_id'], request('checkout').requestId);
    assert.deepEqual(
      root.links.map(({ traceId, spanId }) => [traceId, spanId]),
      [[checkout.traceId, send.spanId]],
    );
  });

  it('shows the failed checkout with its nested errors and their stack traces', async () => {
    assert.equal(request('checkout-fails').status, 500);
    const trace = await traceOf('checkout-fails');
    const charge = only(trace, span => span.name === 'chargeCard');
    assert.ok(isError(charge));
    const exception = charge.events.find(({ name }) => name === 'exception');
    assert.match(String(exception?.attributes['exception.stacktrace']), /chargeCard\.js:\d+:\d+/);
    assert.match(String(exception?.attributes['exception.stacktrace']), /readAuthorization\.js:\d+:\d+/);
    assert.equal(trace.errorCount, trace.spans.filter(isError).length);
  });

  it('shows log records on the spans that they were written in, an error with its stack trace', async () => {
    const logsOn = async (kind: string, spanOf: (trace: Trace) => Span): Promise<Log[]> => {
      const trace = await traceOf(kind);
      const logs = await json<Log[]>('logs', trace.traceId);
      return logs.filter(({ spanId }) => spanId === spanOf(trace).spanId);
    };
    const checkoutOf = (trace: Trace): Span => only(trace, span => span.name === 'checkout');
    const paid = await logsOn('checkout', checkoutOf);
    assert.deepEqual(
      paid.map(({ severityText, service }) => [severityText, service]),
      [
        ['INFO', 'orders'],
        ['INFO', 'orders'],
      ],
    );
    assert.match(paid[0]?.body ?? '', /^cart of .* comes to [\d.]+ EUR$/);
    assert.match(paid[1]?.body ?? '', /^order \d+ is paid$/);
    const failed = await logsOn('checkout-fails', checkoutOf);
    const [error] = failed.filter(({ severityText }) => severityText === 'ERROR');
    assert.match(error?.body ?? '', /was not charged$/);
    assert.match(String(error?.attributes['exception.stacktrace']), /readAuthorization\.js:\d+:\d+/);
    for (const [kind, span] of [
      ['carrier-times-out', 'trackParcel'],
      ['unauthorized', 'auth'],
    ] as const) {
      const [warning] = await logsOn(kind, trace => only(trace, ({ name }) => name === span));
      assert.equal(warning?.severityText, 'WARN', kind);
    }
  });

  it('shows the repeated query of the N+1', async () => {
    const counts = new Map<unknown, number>();
    for (const { attributes } of (await traceOf('n-plus-one')).spans)
      if (attributes['db.query.text'] !== undefined)
        counts.set(attributes['db.query.text'], (counts.get(attributes['db.query.text']) ?? 0) + 1);
    assert.ok(Math.max(...counts.values()) >= 12, JSON.stringify([...counts]));
  });

  it('calls neither 404 nor 401 an error', async () => {
    for (const kind of ['not-found', 'unauthorized']) {
      const trace = await traceOf(kind);
      assert.equal(trace.errorCount, 0, kind);
      assert.ok(trace.spans.every(({ status }) => status.code === 'STATUS_CODE_UNSET'));
    }
  });
});
