import type { CollectorClient } from '../../client/collectorClient';

/**
 * Ends the collector, flushed, and waits until the client has started another and is connected to it.
 * @throws RequestError where the old one does not end, Error where no new one answers in time
 */
export async function restartCollector(client: CollectorClient, timeoutMs = 30_000): Promise<void> {
  if (client.state.state === 'connected')
    await client.request('shutdown', { reason: 'restarted by the user' }, { timeoutMs });
  else client.retry();
  const before = client.state.state === 'connected' ? client.state.pid : undefined;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => settle(new Error('no collector answers')), timeoutMs);
    const heard = client.onState(() => check());
    const settle = (error?: Error) => {
      clearTimeout(timer);
      heard.dispose();
      if (error === undefined) resolve();
      else reject(error);
    };
    const check = () => {
      if (client.state.state === 'connected' && client.state.pid !== before) settle();
    };
    check();
  });
}
