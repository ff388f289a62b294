import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../scripts/editor/browser.mjs';
import type { SpanDetail } from '../../src/protocol/spanDetail';
import { DataFolder } from './support/dataFolder';
import { Foreground } from './support/foreground';
import { buildPrograms, type Programs } from './support/programs';
import { sentSpans } from './support/sentSpans';
import { Tee } from './support/tee';
import { Window } from './support/window';

const root = join(import.meta.dirname, '..', '..');
/** Of clients/recordSpans.mjs. */
const recordedSpans = 6;

describe('what other exporters send comes back field by field, from', function () {
  this.timeout(60_000);
  let programs: Programs;
  let folder: DataFolder;
  let collector: Foreground;
  let window: Window;
  let tee: Tee;

  before(async () => {
    programs = await buildPrograms();
  });
  beforeEach(async () => {
    folder = new DataFolder();
    collector = await Foreground.start(programs, folder);
    window = new Window(programs, folder);
    tee = await Tee.open(collector.httpPort);
  });
  afterEach(async () => {
    window.close();
    await tee.close();
    await collector.end();
    await folder.remove();
  });

  async function assertAllStored(): Promise<void> {
    const sent = sentSpans(tee.requests);
    assert.equal(sent.size, recordedSpans);
    const [traceId = ''] = new Set([...sent.values()].map(span => span.traceId));
    const { spans } = (await window.client.request('spans', { traceId, from: 0, count: 100 })).result;
    const byId = new Map<string, SpanDetail>(spans.map(span => [span.spanId, span]));
    assert.deepEqual([...byId.keys()].sort(), [...sent.keys()].sort());
    for (const [spanId, span] of sent) assert.deepEqual(byId.get(spanId), span);
    assert.equal((await window.status()).rejectedSpans, 0);
    assert.doesNotMatch(folder.log(), /refused|left out/);
  }

  for (const protocol of ['http/protobuf', 'http/json'])
    it(`Deno, over ${protocol}`, async () => {
      const deno = join(root, 'node_modules', 'deno', 'bin.cjs');
      const args = ['run', '--no-remote', '--no-lock', '--node-modules-dir=manual', '--allow-env'];
      const { stderr } = await promisify(execFile)(
        process.execPath,
        [deno, ...args, join(import.meta.dirname, 'clients', 'deno.mjs')],
        {
          cwd: root,
          env: {
            ...process.env,
            DENO_DIR: join(folder.path, 'deno'),
            DENO_NO_UPDATE_CHECK: '1',
            OTEL_DENO: 'true',
            OTEL_SERVICE_NAME: 'shop',
            OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
            OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${tee.port}`,
          },
        },
      );
      assert.equal(stderr, '');
      await assertAllStored();
      assert.match(tee.requests[0]?.headers.get('user-agent') ?? '', /Rust/);
    });

  describe('a web page of another port of loopback', () => {
    let browser: Browser;
    let pages: Server;

    before(async () => {
      browser = await openBrowser();
      const { outputFiles } = await build({
        entryPoints: [join(import.meta.dirname, 'clients', 'browser.mjs')],
        bundle: true,
        write: false,
        format: 'iife',
        logLevel: 'warning',
      });
      const script = outputFiles[0]?.text ?? '';
      pages = createServer((request, response) => {
        const isScript = request.url === '/page.js';
        response.setHeader('Content-Type', isScript ? 'text/javascript; charset=utf-8' : 'text/html');
        response.end(isScript ? script : '<!doctype html><script src="/page.js"></script>');
      }).listen(0, '127.0.0.1');
      await once(pages, 'listening');
    });
    after(async () => {
      await browser.close();
      pages.close();
    });

    for (const encoding of ['protobuf', 'json'] as const)
      it(`with the web SDK, as ${encoding}`, async () => {
        const context = await browser.newContext();
        const page = await context.newPage();
        const problems: string[] = [];
        page.on('pageerror', error => problems.push(String(error)));
        page.on('console', message => problems.push(message.text()));
        await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
        const url = `http://127.0.0.1:${tee.port}/v1/traces`;
        const count = await page.evaluate(`exportSpans(${JSON.stringify(url)}, ${JSON.stringify(encoding)})`);
        await context.close();
        assert.equal(count, recordedSpans);
        assert.deepEqual(problems, []);
        assert.deepEqual(
          tee.requests.map(({ method }) => method),
          ['OPTIONS', 'POST'],
          'the browser asked first',
        );
        await assertAllStored();
      });
  });
});
