import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { curlCommand } from '../../../../src/core/semantics/curlCommand';
import { httpFacts } from '../../../../src/core/semantics/facts/httpFacts';
import { traceparent } from '../../../../src/core/semantics/traceparent';
import { reading } from './support/attributes';

function command(attributes: Parameters<typeof reading>[0]): string | undefined {
  return curlCommand(httpFacts(reading(attributes)));
}

describe('the curl command of a request', () => {
  it('has its method, URL, headers and body', () => {
    assert.equal(
      command({
        'http.request.method': 'POST',
        'url.full': 'https://pay.example/charge?a=1&b=2',
        'http.request.header.content-type': ['application/json'],
        'http.request.header.content-length': ['9'],
        'http.request.body': '{"a":"b"}',
      }),
      [
        'curl --globoff',
        "--request 'POST'",
        "--url 'https://pay.example/charge?a=1&b=2'",
        "--header 'content-type: application/json'",
        `--data-raw '{"a":"b"}'`,
      ].join(' \\\n  '),
    );
  });

  for (const name of ['authorization', 'Cookie', 'set-cookie', 'x-api-key', 'x-auth-token', 'x-session-id'])
    it(`has a placeholder for the header ${name}`, () => {
      const text = command({ 'url.full': 'http://a/', [`http.request.header.${name}`]: ['hunter2'] }) ?? '';
      assert.ok(text.includes(`${name}: REDACTED`), text);
      assert.ok(!text.includes('hunter2'));
    });

  it('has a placeholder for user and password in the URL', () => {
    const text = command({ 'url.full': 'http://me:hunter2@a/x@y' }) ?? '';
    assert.ok(text.includes("'http://REDACTED@a/x@y'"), text);
  });

  for (const url of ['/orders', 'file:///etc/passwd', 'a', '--output'])
    it(`is none for ${url}`, () => assert.equal(command({ 'url.full': url }), undefined));

  it('is read by a shell as the texts that were recorded, whatever they are', function () {
    if (process.platform === 'win32') return;
    const hostile = `a'b"c\`d$(touch x)$HOME\\ \n;&|>{1..3}[a-z]*!#~é`;
    const text = command({
      'http.request.method': 'PUT',
      'url.full': `http://a/${hostile}`,
      'http.request.header.x-a': [hostile],
      'http.request.header.@file': ['left out'],
      'http.request.body': `@${hostile}`,
    });
    const script = `curl() { for each; do printf '%s\\0' "$each"; done; }\n${text}`;
    const args = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
    assert.deepEqual(args, [
      '--globoff',
      '--request',
      'PUT',
      '--url',
      `http://a/${hostile}`,
      '--header',
      `x-a: ${hostile.replace('\n', ' ')}`,
      '--data-raw',
      `@${hostile}`,
    ]);
  });
});

describe('the traceparent of a span', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const spanId = 'b7ad6b7169203331';
  for (const [flags, digits] of [
    [0x101, '01'],
    [0, '00'],
    [0x3ff, 'ff'],
  ] as const)
    it(`has the trace flags ${digits} of ${flags}`, () =>
      assert.equal(traceparent({ traceId, spanId, flags }), `00-${traceId}-${spanId}-${digits}`));
});
