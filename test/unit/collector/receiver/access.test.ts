import assert from 'node:assert/strict';
import { Access } from '../../../../src/collector/receiver/access';

function access(allowedOrigins: string[], allowedHosts: string[] = []): Access {
  const made = new Access();
  assert.deepEqual(made.configure({ allowedOrigins, allowedHosts }), []);
  return made;
}

describe('who may send', () => {
  it('is loopback alone where nothing is listed', () => {
    const usual = access([]);
    assert.ok(usual.allowsHost('localhost:4318') && usual.allowsOrigin('http://localhost:3000'));
    assert.ok(!usual.allowsHost('host.docker.internal') && !usual.allowsOrigin('https://app.example'));
  });

  it('is an origin that is listed, in any spelling of the same one', () => {
    const listed = access([
      'https://App.example/',
      'http://127.0.0.1.example:8080',
      'https://bücher.example',
    ]);
    for (const origin of [
      'https://app.example',
      'HTTPS://APP.EXAMPLE:443',
      'http://127.0.0.1.example:8080',
      'https://xn--bcher-kva.example',
    ])
      assert.ok(listed.allowsOrigin(origin), origin);
    for (const origin of [
      'http://app.example',
      'https://app.example:8443',
      'https://evil.app.example',
      'https://app.example.evil.example',
      'https://app.example@evil.example',
      'http://127.0.0.1.example',
      'null',
      '',
      'https://',
      'app.example',
    ])
      assert.ok(!listed.allowsOrigin(origin), origin);
  });

  it('is a host that is listed, on any port, or on the one that is listed with it', () => {
    const listed = access([], ['Host.Docker.Internal', 'bücher.example:4318', '192.168.1.5', '[fd00::1]']);
    for (const host of [
      'host.docker.internal',
      'HOST.docker.internal.:4318',
      'xn--bcher-kva.example:4318',
      '192.168.1.5:1',
      '[FD00::1]:4318',
    ])
      assert.ok(listed.allowsHost(host), host);
    for (const host of [
      'docker.internal',
      'evil.host.docker.internal',
      'host.docker.internal@evil.example',
      'xn--bcher-kva.example',
      'xn--bcher-kva.example:4319',
      '192.168.1.50',
      '',
      undefined,
    ])
      assert.ok(!listed.allowsHost(host), String(host));
  });

  it('is nobody by a wildcard, and what is no origin or host is named', () => {
    const entries = {
      allowedOrigins: ['*', 'https://*.example', 'null', 'x'],
      allowedHosts: ['*', '', 'a b', 'ok'],
    };
    const made = new Access();
    assert.deepEqual(made.configure(entries), ['*', 'https://*.example', 'null', 'x', '*', '', 'a b']);
    assert.ok(!made.allowsOrigin('https://a.example') && !made.allowsOrigin('null'));
    assert.ok(!made.allowsHost('evil.example') && made.allowsHost('ok'));
  });

  it('changes with the settings', () => {
    const made = access(['https://app.example'], ['box']);
    made.configure({ allowedOrigins: [], allowedHosts: [] });
    assert.ok(!made.allowsOrigin('https://app.example') && !made.allowsHost('box'));
  });
});
