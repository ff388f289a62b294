import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * Who listens on a TCP port of this machine, for people: "node (pid 4711)", "an OpenTelemetry Collector". Undefined where
 * that cannot be known (a process of another user that says nothing about itself).
 */
export async function portHolder(port: number): Promise<string | undefined> {
  const process_ =
    process.platform === 'linux'
      ? await linuxHolder(port).catch(() => undefined)
      : process.platform === 'win32'
        ? undefined
        : await lsofHolder(port);
  return process_ ?? (await whoAnswers(port));
}

/** The process that has the listening socket open; only the user's own processes can be looked into (proc(5)). */
async function linuxHolder(port: number): Promise<string | undefined> {
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6'])
    for (const inode of listeningInodes(await readFile(table, 'latin1').catch(() => ''), port))
      inodes.add(inode);
  if (inodes.size === 0) return undefined;
  const processes = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  for (const pid of processes) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode !== undefined && inodes.has(inode)) return describeLinuxProcess(pid);
    }
  }
  return undefined;
}

async function describeLinuxProcess(pid: string): Promise<string> {
  const command = (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
  const arguments_ = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const causeway = /collector\.js\0/.test(arguments_) && arguments_.includes('--data-dir');
  return causeway ? `another Causeway collector (pid ${pid})` : `${command || 'a process'} (pid ${pid})`;
}

/** The inodes of sockets that listen on `port`, from the text of /proc/net/tcp or tcp6 (proc(5)). */
export function listeningInodes(table: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes: string[] = [];
  for (const line of table.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    const [, local, , state] = fields;
    const inode = fields[9];
    // State 0A is TCP_LISTEN.
    if (local?.endsWith(`:${wanted}`) && state === '0A' && inode !== undefined) inodes.push(inode);
  }
  return inodes;
}

async function lsofHolder(port: number): Promise<string | undefined> {
  const args = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'];
  const { stdout } = await promisify(execFile)('lsof', args, { timeout: 3000 }).catch(() => ({ stdout: '' }));
  return parseLsof(stdout);
}

/** "node (pid 4711)" from lsof's field output (lsof(8), "OUTPUT FOR OTHER PROGRAMS"). */
export function parseLsof(output: string): string | undefined {
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const command = /^c(.+)$/m.exec(output)?.[1];
  return pid === undefined ? undefined : `${command ?? 'a process'} (pid ${pid})`;
}

/** Asks over HTTP. */
async function whoAnswers(port: number): Promise<string | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
      signal: AbortSignal.timeout(1500),
      redirect: 'manual',
    });
    const body = (await response.text()).slice(0, 2000);
    return recogniseAnswer(response.status, response.headers.get('server') ?? '', body);
  } catch {
    // Not HTTP, or no answer in time: then it stays unknown.
    return undefined;
  }
}

/** What a GET of /v1/traces says about the program that answered it. */
export function recogniseAnswer(status: number, server: string, body: string): string {
  if (/causeway/i.test(server)) return 'another Causeway collector';
  if (/jaeger/i.test(body + server)) return 'Jaeger';
  // The otlp receiver of the OpenTelemetry Collector, which Jaeger, Tempo and others embed.
  if (status === 405 && /method not allowed, supported: \[POST\]/i.test(body))
    return 'an OpenTelemetry Collector (or a program that contains one, such as Jaeger)';
  return server === '' ? 'a web server' : `a web server (${server.slice(0, 60)})`;
}
