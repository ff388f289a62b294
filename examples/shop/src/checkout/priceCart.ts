import { ask } from '../shared/call';
import { traced } from '../shared/tracing';
import type { Cart } from './checkout';

/** What the cart costs today, by the prices of the inventory. */
export async function priceCart(items: Cart['items']): Promise<number> {
  return traced('priceCart', items, async () => {
    const products = await Promise.all(
      items.map(({ sku }) =>
        ask<{ price_cents: number }>('inventory', `/products/${encodeURIComponent(sku)}`),
      ),
    );
    return items.reduce(
      (sum, { quantity }, index) => sum + quantity * (products[index]?.price_cents ?? 0),
      0,
    );
  });
}
