import { ask } from '../shared/call';
import { traced } from '../shared/tracing';
import type { Cart } from './checkout';

/** Has the inventory set the items aside. */
export async function reserveStock(items: Cart['items']) {
  return traced('reserveStock', items, () =>
    ask<Cart['items']>('inventory', '/reservations', { method: 'POST', body: { items } }),
  );
}
