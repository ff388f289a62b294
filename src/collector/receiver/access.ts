import { domainToASCII } from 'node:url';
import { isLoopbackHost, isLoopbackOrigin } from './loopback';

/** What a user has listed beside loopback. */
export interface AllowedClients {
  /** "https://app.example" (RFC 6454, section 6.2). */
  readonly allowedOrigins: readonly string[];
  /** "host.docker.internal", or with a port: then that port alone. */
  readonly allowedHosts: readonly string[];
}

/** Whom the receivers answer: by the name a request is for, and by the page it comes from. */
export class Access {
  private origins: ReadonlySet<string> = new Set();
  private hosts: ReadonlySet<string> = new Set();

  /** Applies from the next request on. Answers the entries that are no origin and no host; they count for nothing. */
  configure({ allowedOrigins, allowedHosts }: AllowedClients): string[] {
    const origins = allowedOrigins.map(entry => ({ entry, is: originOf(entry) }));
    const hosts = allowedHosts.map(entry => ({ entry, is: hostOf(entry) }));
    this.origins = new Set(origins.flatMap(({ is }) => is ?? []));
    this.hosts = new Set(hosts.flatMap(({ is }) => is ?? []));
    return [...origins, ...hosts].filter(({ is }) => is === undefined).map(({ entry }) => entry);
  }

  /** A Host header (RFC 9110, section 7.2), or an `:authority` that has the same form. */
  allowsHost(host: string | undefined): boolean {
    if (isLoopbackHost(host)) return true;
    if (host === undefined || this.hosts.size === 0) return false;
    const wanted = hostOf(host);
    return wanted !== undefined && (this.hosts.has(wanted) || this.hosts.has(withoutPort(wanted)));
  }

  /** An Origin header; `null`, which pages without an origin send, is nobody's. */
  allowsOrigin(origin: string): boolean {
    if (isLoopbackOrigin(origin)) return true;
    if (this.origins.size === 0) return false;
    const wanted = originOf(origin);
    return wanted !== undefined && this.origins.has(wanted);
  }
}

/** Scheme, host and port in their one spelling: lower case, in ASCII (RFC 3490), without a port that goes without saying. */
function originOf(text: string): string | undefined {
  const [, scheme, authority] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)\/?$/i.exec(text.trim()) ?? [];
  const host = authority === undefined ? undefined : hostOf(authority);
  if (scheme === undefined || host === undefined) return undefined;
  const port = { http: ':80', https: ':443' }[scheme.toLowerCase()];
  const isUsual = port !== undefined && host.endsWith(port) && host.length > port.length;
  return `${scheme.toLowerCase()}://${isUsual ? withoutPort(host) : host}`;
}

/** Name or address, with its port where it has one, in its one spelling; undefined for what is none, `*` included. */
function hostOf(text: string): string | undefined {
  const found = /^(\[[0-9a-f:.]+\]|[^\s:[\]@*/?#\\%]+?)\.?(:\d{1,5})?$/i.exec(text.trim());
  const name = found?.[1];
  if (name === undefined) return undefined;
  const ascii = name.startsWith('[') ? name.toLowerCase() : domainToASCII(name);
  return ascii === '' ? undefined : ascii + (found?.[2] ?? '');
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}
