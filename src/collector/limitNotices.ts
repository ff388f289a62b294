import type { Notice } from '../protocol/collectorProtocol';

/** How long a client's being told to wait goes on counting as the present, ms. */
export const deferredNoticeMs = 30_000;

export const deferredNotice: Notice = {
  id: 'requests-deferred',
  severity: 'info',
  message:
    'More spans arrive than fit into the memory that causeway.collector.maxMemoryMegabytes allows. Their senders were told to try again; nothing that was acknowledged is lost.',
  action: 'openSettings',
};

/** Stays until the limit changes. */
export const indexLimitedNotice: Notice = {
  id: 'index-fills-memory',
  severity: 'warning',
  message:
    'The oldest traces are dropped before the limits of retention are reached: their index takes as much memory as causeway.collector.maxMemoryMegabytes leaves for it.',
  action: 'openSettings',
};

/** What is listed as an allowed origin or host and is none; nothing where there is no such entry. */
export function ignoredEntriesNotice(entries: readonly string[]): Notice[] {
  if (entries.length === 0) return [];
  const list = entries.map(entry => JSON.stringify(entry.slice(0, 100))).join(', ');
  return [
    {
      id: `allowed-ignored ${list}`,
      severity: 'warning',
      message: `Not an origin or host that could be allowed: ${list}. List origins as https://app.example and hosts as host.docker.internal, each by itself: there is no wildcard.`,
      action: 'openSettings',
    },
  ];
}
