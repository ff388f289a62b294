import assert from 'node:assert/strict';
import { isLoopbackHost, isLoopbackOrigin } from '../../../../src/collector/receiver/loopback';

describe('a Host header', () => {
  const yes = [
    'localhost',
    'localhost:4318',
    'LOCALHOST:1',
    '127.0.0.1',
    '127.0.0.1:4318',
    '127.8.9.10:80',
    '[::1]',
    '[::1]:4318',
  ];
  const no = [
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1@evil.example',
    '127.0.0.256',
    '128.0.0.1',
    '0.0.0.0',
    '10.0.0.1:4318',
    '[::2]',
    '::1',
    'localhost:',
    'localhost:x',
    'localhost evil',
    '127.1',
  ];
  for (const host of yes) it(`${host} is loopback`, () => assert.ok(isLoopbackHost(host)));
  for (const host of no) it(`${String(host)} is not`, () => assert.ok(!isLoopbackHost(host)));
});

describe('an Origin header', () => {
  for (const origin of ['http://localhost:3000', 'https://127.0.0.1', 'http://[::1]:5173'])
    it(`${origin} is loopback`, () => assert.ok(isLoopbackOrigin(origin)));
  for (const origin of [
    'null',
    'https://evil.example',
    'http://localhost.evil.example',
    'file://localhost',
    'localhost',
    'http://localhost/x',
  ])
    it(`${origin} is not`, () => assert.ok(!isLoopbackOrigin(origin)));
});
