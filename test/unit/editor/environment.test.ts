import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { otlpEnvironment } from '../../../src/editor/environment/otlpEnvironment';
import { looksLikeId } from '../../../src/editor/openTrace/looksLikeId';

describe('the OTLP environment', () => {
  it('prefers HTTP and falls back to gRPC where only that port is up', () => {
    const both = otlpEnvironment({ http: 4318, grpc: 4317 }, 'dotenv');
    assert.ok(both.includes('OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318'));
    assert.ok(both.includes('OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf'));
    const grpc = otlpEnvironment({ http: undefined, grpc: 9000 }, 'dotenv');
    assert.ok(grpc.includes('OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:9000'));
    assert.ok(grpc.includes('OTEL_EXPORTER_OTLP_PROTOCOL=grpc'));
  });

  it('leaves metrics and logs as the SDK has them: they are taken, too', () => {
    const lines = otlpEnvironment({ http: 4318, grpc: 4317 }, 'dotenv').join('\n');
    assert.doesNotMatch(lines, /METRICS|LOGS/);
  });

  it('is written as each shell wants it', () => {
    const ports = { http: 4318, grpc: undefined };
    assert.equal(otlpEnvironment(ports, 'shell')[0], 'export OTEL_TRACES_EXPORTER=otlp');
    assert.equal(otlpEnvironment(ports, 'powershell')[0], "$env:OTEL_TRACES_EXPORTER = 'otlp'");
  });

  it('is what the welcome view shows for the usual ports', () => {
    const names = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    const shown = names['welcome.empty']?.split('\n').filter(line => line.startsWith('OTEL_'));
    assert.deepEqual(shown, otlpEnvironment({ http: 4318, grpc: 4317 }, 'dotenv'));
  });
});

describe('a text typed into Open Trace', () => {
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  for (const [text, expected] of [
    [id, true],
    [id.toUpperCase(), true],
    [id.slice(0, 4), true],
    [' 00f067aa0ba902b7 ', true],
    [`00-${id}-00f067aa0ba902b7-01`, true],
    [`traceparent: 00-${id}-00f067aa0ba902b7-01`, true],
    ['request_id=abc', true],
    ['order.id: 42', true],
    ['"01HZX3J7-a"', true],
    ['add', false],
    ['cart2', false],
    ['checkout', false],
    ['POST /checkout', false],
    ['http://localhost', false],
    ['', false],
  ] as const)
    it(`${JSON.stringify(text)} is ${expected ? 'looked up' : 'only matched against names'}`, () => {
      assert.equal(looksLikeId(text), expected);
    });
});
