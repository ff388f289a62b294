import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureCurl } from '../../scripts/lib/curl.mjs';
import { tracesToJson } from '../../src/core/formats/otlpJson';
import { parseOtlpJson } from '../../src/otlp/parseOtlpJson';
import { tracesFromJson } from '../../src/otlp/tracesFromJson';
import { oracleEncode } from '../unit/otlp/support/oracle';
import { DataFolder } from './support/dataFolder';
import { Foreground } from './support/foreground';
import { buildPrograms, type Programs } from './support/programs';
import { newSpans } from './support/send';
import { Window } from './support/window';

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly httpVersion: string;
  readonly body: Buffer;
}

describe('curl', function () {
  this.timeout(60_000);
  let curl: string;
  let programs: Programs;
  let folder: DataFolder;
  let collector: Foreground;
  let window: Window;

  before(async () => {
    curl = await ensureCurl();
    programs = await buildPrograms();
    folder = new DataFolder();
    collector = await Foreground.start(programs, folder);
    window = new Window(programs, folder);
  });
  after(async () => {
    window.close();
    assert.equal(await collector.end(), 0);
    await folder.remove();
  });

  /** What curl got for this body. */
  function send(body: Uint8Array | string, args: readonly string[]): Promise<Answer> {
    const file = join(folder.path, `${randomBytes(4).toString('hex')}.body`);
    writeFileSync(file, body);
    const marker = '\n--curl--';
    const format = `${marker}%{http_code} %{http_version} %{content_type}`;
    const all = ['--silent', '--show-error', '--noproxy', '*', '--max-time', '30', '--write-out', format];
    const upload = args.includes('--upload-file') ? [] : ['--data-binary', `@${file}`];
    const given = args.map(arg => (arg === '@body' ? file : arg));
    return new Promise((resolve, reject) => {
      const done = (error: Error | null, stdout: Buffer, stderr: Buffer): void => {
        if (error) {
          reject(new Error(stderr.toString(), { cause: error }));
          return;
        }
        const end = stdout.lastIndexOf(marker);
        const [status = '', httpVersion = '', contentType = ''] = stdout
          .subarray(end + marker.length)
          .toString()
          .split(' ');
        resolve({ status: Number(status), httpVersion, contentType, body: stdout.subarray(0, end) });
      };
      execFile(curl, [...all, ...upload, ...given], { encoding: 'buffer', maxBuffer: 2 ** 26 }, done);
    });
  }

  const json = ['--header', 'Content-Type: application/json'];
  const protobuf = ['--header', 'Content-Type: application/x-protobuf'];
  const gzip = ['--header', 'Content-Encoding: gzip'];

  /** The same request in protobuf, by protobufjs. */
  function asProtobuf(body: string): Uint8Array {
    return oracleEncode(tracesFromJson(parseOtlpJson(Buffer.from(body))).resourceSpans);
  }

  const ways: [what: string, args: string[], encode: (body: string) => Uint8Array | string, url?: string][] =
    [
      ['JSON', json, body => body],
      ['JSON with gzip', [...json, ...gzip], body => gzipSync(body)],
      ['protobuf', protobuf, asProtobuf],
      ['protobuf with gzip', [...protobuf, ...gzip], body => gzipSync(asProtobuf(body))],
      ['HTTP/1.0', [...json, '--http1.0'], body => body],
      [
        'a chunked upload',
        [...json, '--request', 'POST', '--upload-file', '@body', '--header', 'Transfer-Encoding: chunked'],
        body => body,
      ],
      ['a body that waits for 100 Continue', [...json, '--header', 'Expect: 100-continue'], body => body],
      ['a compressed answer accepted', [...json, '--compressed'], body => body],
      ['localhost', json, body => body, 'localhost'],
      ['::1', json, body => body, '[::1]'],
    ];
  for (const [what, args, encode, host = '127.0.0.1'] of ways)
    it(`sends spans with ${what}, and they come back`, async () => {
      const { body, spans } = newSpans(3);
      const url = collector.http.replace('127.0.0.1', host);
      const answer = await send(encode(body), [...args, url]);
      assert.deepEqual(
        [answer.status, answer.body.toString()],
        [200, args.includes(protobuf[1]!) ? '' : '{}'],
      );
      const traceId = spans[0]!.traceId;
      const stored = await window.client.request('spans', { traceId, from: 0, count: 10 });
      const sent = tracesToJson(tracesFromJson(JSON.parse(body)).resourceSpans);
      const [group] = sent.resourceSpans;
      assert.deepEqual(
        stored.result.spans.map(({ resource, scope, service, ...span }) => {
          assert.deepEqual(
            [resource.attributes, scope.name, service],
            [group?.resource.attributes, '', 'sender'],
          );
          return span;
        }),
        [...group!.scopeSpans[0]!.spans].sort(inTreeOrder(stored.result.spans.map(({ spanId }) => spanId))),
      );
    });

  it('sends 10 MB without being asked twice', async () => {
    const { body, spans } = newSpans(1);
    const large = body.replace(
      '"kind":1',
      `"kind":1,"attributes":[{"key":"a","value":{"stringValue":"${'x'.repeat(10_000_000)}"}}]`,
    );
    assert.equal((await send(large, [...json, collector.http])).status, 200);
    const { traceId, spanId } = spans[0]!;
    const [attribute] = (await window.client.request('span', { traceId, spanId })).result.span.attributes;
    assert.equal(JSON.stringify(attribute?.value).length, 10_000_000 + '{"stringValue":""}'.length);
  });

  it('is told in its own encoding what is wrong', async () => {
    const bad = await send('{"resourceSpans":7}', [...json, collector.http]);
    assert.equal(bad.status, 400);
    assert.match(bad.contentType, /^application\/json/);
    assert.match(bad.body.toString(), /"fieldViolations":\[\{"field":"resourceSpans"/);
    const form = await send('a=b', [collector.http]);
    assert.equal(form.status, 415);
    assert.match(form.body.toString(), /application\/x-www-form-urlencoded.*is not supported/);
  });

  it('is told on the gRPC port where OTLP/HTTP is', async () => {
    const { body } = newSpans(1);
    const answer = await send(body, [...json, `${collector.grpc}/v1/traces`]);
    assert.equal(answer.status, 400);
    assert.match(answer.body.toString(), /OTLP\/HTTP has a port of its own/);
  });
});

function inTreeOrder(spanIds: readonly string[]): (a: { spanId: string }, b: { spanId: string }) => number {
  return (a, b) => spanIds.indexOf(a.spanId) - spanIds.indexOf(b.spanId);
}
