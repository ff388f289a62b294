import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { DataFolder, runToEnd } from './support/dataFolder';
import { Foreground } from './support/foreground';
import { buildPrograms, type Programs } from './support/programs';
import { newSpans, post } from './support/send';

/** 64 MiB, the documented limit of a body. */
const limit = 64 * 1024 * 1024;
const protobuf = { 'content-type': 'application/x-protobuf' };

describe('a running collector that is sent bad input', () => {
  let programs: Programs;
  let folder: DataFolder;
  let collector: Foreground;

  before(async function () {
    this.timeout(60_000);
    programs = await buildPrograms();
    folder = new DataFolder();
    collector = await Foreground.start(programs, folder);
  });
  after(async () => {
    assert.equal(await collector.end(), 0);
    await folder.remove();
  });
  afterEach(async () => {
    const { body } = newSpans(1);
    assert.equal((await post(collector.http, body)).status, 200, 'it lives and receives');
  });

  /** A request written by hand; answers all that came back. */
  function raw(head: string, body: Uint8Array | string = ''): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(collector.httpPort, '127.0.0.1', () => {
        socket.write(head.replaceAll('\n', '\r\n'));
        socket.write(body);
      });
      let text = '';
      socket.setEncoding('utf8');
      socket.on('data', chunk => (text += String(chunk)));
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
    });
  }

  async function printed(
    id: string,
  ): Promise<{ spans: Record<string, unknown>[]; warnings: { code: string }[] }> {
    const { code, stdout, stderr } = await runToEnd(programs.cli, [
      'trace',
      id,
      '--json',
      '--data-dir',
      folder.path,
    ]);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as Awaited<ReturnType<typeof printed>>;
  }

  const cases: [name: string, send: () => Promise<Response>, status: number, says: RegExp][] = [
    ['truncated protobuf', () => post(collector.http, '\x0a\x7f\x0a', protobuf), 400, /malformed protobuf/],
    ['garbage JSON', () => post(collector.http, '{"resourceSpans":[{]}'), 400, /not JSON/],
    [
      'JSON nested 100,000 deep',
      () => post(collector.http, '['.repeat(100_000)),
      400,
      /not JSON|invalid OTLP/,
    ],
    [
      'a wrong content type',
      () => post(collector.http, 'x', { 'content-type': 'text/xml' }),
      415,
      /text\/xml/,
    ],
    [
      'a foreign Origin',
      () => post(collector.http, '{}', { origin: 'https://evil.example' }),
      403,
      /evil\.example/,
    ],
    [
      'a decompression bomb',
      () =>
        fetch(collector.http, {
          method: 'POST',
          body: new Uint8Array(gzipSync(Buffer.alloc(limit * 2))),
          headers: { ...protobuf, 'content-encoding': 'gzip' },
        }),
      413,
      /larger than 67108864 bytes/,
    ],
    [
      'a body over the limit',
      () => fetch(collector.http, { method: 'POST', body: new Uint8Array(limit + 1), headers: protobuf }),
      413,
      /larger than 67108864 bytes/,
    ],
  ];
  for (const [name, send, status, says] of cases)
    it(`refuses ${name} with ${status}, and the log says so`, async function () {
      this.timeout(60_000);
      const before = folder.log().length;
      const response = await send();
      assert.equal(response.status, status);
      assert.match(await response.text(), says);
      assert.match(
        folder.log().slice(before),
        new RegExp(`refused POST /v1/traces with ${status}: .*${says.source}`),
      );
    });

  it('refuses a foreign Host, which a rebound DNS name would send', async () => {
    const answer = await raw(
      'POST /v1/traces HTTP/1.1\nHost: evil.example:4318\nContent-Type: application/json\nContent-Length: 2\nConnection: close\n\n',
      '{}',
    );
    assert.match(answer, /^HTTP\/1\.1 403 Forbidden/);
    assert.match(answer, /The Host header .*evil\.example:4318.* is not a loopback name/);
    assert.match(folder.log(), /with 403: The Host header/);
  });

  it('ends a chunked body that never stops, with 413', async function () {
    this.timeout(60_000);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(collector.httpPort, '127.0.0.1');
      const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000), Buffer.from('\r\n')]);
      let text = '';
      const pump = (): void => {
        while (!socket.destroyed && socket.writable && socket.write(chunk));
      };
      socket.on('connect', () => {
        socket.write(
          'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\nTransfer-Encoding: chunked\r\n\r\n',
        );
        pump();
      });
      socket.on('drain', pump);
      socket.on('data', data => {
        text += data.toString();
        resolve(text);
        socket.destroy();
      });
      socket.on('error', error => (text === '' ? reject(error) : resolve(text)));
    });
    assert.match(answer, /^HTTP\/1\.1 413 /);
  });

  it('keeps the good spans of a batch and says how many it left out, and why', async () => {
    const { body, spans } = newSpans(3);
    const request = JSON.parse(body) as {
      resourceSpans: { scopeSpans: { spans: Record<string, unknown>[] }[] }[];
    };
    const list = request.resourceSpans[0]!.scopeSpans[0]!.spans;
    list.push(
      { ...list[0], traceId: '0'.repeat(32) },
      { ...list[0], spanId: '0'.repeat(16) },
      { ...list[0], spanId: 'abc' },
    );
    const response = await post(collector.http, JSON.stringify(request));
    assert.equal(response.status, 200);
    const { partialSuccess } = (await response.json()) as {
      partialSuccess: { rejectedSpans: string; errorMessage: string };
    };
    assert.equal(partialSuccess.rejectedSpans, '3');
    assert.match(partialSuccess.errorMessage, /1 span: trace id .*2 spans: span id/);
    assert.equal((await printed(spans[0]!.traceId)).spans.length, 3);
    assert.match(folder.log(), /left out of an export: 1 span: trace id/);
  });

  it('stores what is strange but allowed, and names what is wrong with it', async () => {
    const traceId = '0123456789abcdef0123456789abcdef';
    const gigantic = 'x'.repeat(10_000_000);
    const span = { traceId, kind: 1, startTimeUnixNano: '2000', endTimeUnixNano: '3000' };
    const spans = [
      {
        ...span,
        spanId: '0000000000000001',
        name: 'gigantic',
        attributes: [{ key: 'big', value: { stringValue: gigantic } }],
      },
      {
        ...span,
        spanId: '0000000000000002',
        parentSpanId: '0000000000000001',
        name: 'ends before it starts',
        endTimeUnixNano: '1000',
      },
      { ...span, spanId: '0000000000000003', parentSpanId: '0000000000000001', name: '' },
      {
        ...span,
        spanId: '0000000000000004',
        parentSpanId: 'ffffffffffffffff',
        name: '\u0000\u001b[31m\u202e',
        kind: 77,
        status: { code: 9 },
      },
      { ...span, spanId: '0000000000000005', parentSpanId: '0000000000000005', name: 'its own parent' },
    ];
    const response = await post(
      collector.http,
      JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
    );
    assert.deepEqual([response.status, await response.text()], [200, '{}']);
    const trace = await printed(traceId);
    const byId = new Map(trace.spans.map(each => [String(each['spanId']).slice(-1), each]));
    assert.equal((byId.get('1')!['attributes'] as { big: string }).big.length, gigantic.length);
    assert.deepEqual(
      [byId.get('2')!['durationNano'], byId.get('2')!['warnings']],
      ['-1000', ['negative-duration']],
    );
    assert.equal(byId.get('3')!['name'], '');
    assert.deepEqual(byId.get('4')!['warnings'], ['missing-parent']);
    assert.equal(byId.get('4')!['name'], '\u0000\u001b[31m\u202e');
    assert.deepEqual(byId.get('5')!['warnings'], ['cycle']);
    const codes = trace.warnings.map(({ code }) => code);
    for (const code of ['missing-parent', 'cycle', 'negative-duration'])
      assert.ok(codes.includes(code), codes.join(', '));
    const human = await runToEnd(programs.cli, ['trace', traceId, '--data-dir', folder.path]);
    assert.ok(
      !human.stdout.includes('\u001b') && !human.stdout.includes('\u202e'),
      'nothing that moves the cursor',
    );
  });
});
