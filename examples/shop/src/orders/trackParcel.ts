import { ask } from '../shared/call';
import { HttpError } from '../shared/http';
import { log } from '../shared/log';
import { traced } from '../shared/tracing';

const PATIENCE_MS = 300;

/** Asks the carrier where the parcel is, but does not wait for ever. */
export async function trackParcel(orderId: string) {
  return traced('trackParcel', { orderId }, async () => {
    try {
      return await ask<{ state: string }>('external', `/parcels/${orderId}`, { timeoutMs: PATIENCE_MS });
    } catch (cause) {
      log.warn('the carrier is too slow, giving up', { 'order.id': orderId, 'patience.ms': PATIENCE_MS });
      throw new HttpError(504, `The carrier did not answer within ${PATIENCE_MS} ms`, { cause });
    }
  });
}
