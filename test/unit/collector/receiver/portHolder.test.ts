import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { listeningPort } from '../../../../src/collector/receiver/listenLoopback';
import {
  listeningInodes,
  parseLsof,
  portHolder,
  recogniseAnswer,
} from '../../../../src/collector/receiver/portHolder';

describe('who holds a port', () => {
  it('is read from /proc/net/tcp: sockets that listen on it, on any address, and no others', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:10DE 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0 100 0 0 10 0',
      '   1: 00000000:10DE 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0 100 0 0 10 0',
      '   2: 0100007F:10DE 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 4713 1 0 100 0 0 10 0',
      '   3: 0100007F:10DF 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4714 1 0 100 0 0 10 0',
      '   4: 00000000000000000000000001000000:10DE 00000000000000000000000000000000:0000 0A 0:0 00:0 0 1000 0 4715 1 0',
      '',
    ].join('\n');
    assert.deepEqual(listeningInodes(table, 4318), ['4711', '4712', '4715']);
    assert.deepEqual(listeningInodes('', 4318), []);
  });

  it('is read from what lsof prints', () => {
    assert.equal(parseLsof('p4711\ncjaeger-all-in-one\nf12\n'), 'jaeger-all-in-one (pid 4711)');
    assert.equal(parseLsof(''), undefined);
  });

  const answers: [status: number, server: string, body: string, who: string][] = [
    [405, 'Causeway', '', 'another Causeway collector'],
    [404, '', '<title>Jaeger UI</title>', 'Jaeger'],
    [
      405,
      '',
      '405 method not allowed, supported: [POST]',
      'an OpenTelemetry Collector (or a program that contains one, such as Jaeger)',
    ],
    [200, 'nginx/1.27', 'hello', 'a web server (nginx/1.27)'],
    [404, '', '', 'a web server'],
  ];
  for (const [status, server, body, who] of answers)
    it(`is ${who} where that answers`, () => assert.equal(recogniseAnswer(status, server, body), who));

  it('is found for a process of this user, and for nobody where nobody listens', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = listeningPort(server);
    const holder = await portHolder(port);
    server.close();
    await once(server, 'close');
    assert.match(holder ?? '', process.platform === 'win32' ? /./ : new RegExp(`\\(pid ${process.pid}\\)$`));
    assert.equal(await portHolder(port), undefined);
  });
});
