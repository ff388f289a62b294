import { log } from '../shared/log';
import { traced } from '../shared/tracing';
import { chargeCard } from './chargeCard';
import { priceCart } from './priceCart';
import { reserveStock } from './reserveStock';
import { saveOrder } from './saveOrder';

export interface Cart {
  customer: string;
  card: string;
  items: { sku: string; quantity: number }[];
}

class CheckoutError extends Error {
  static {
    this.prototype.name = 'CheckoutError';
  }
}

/** From a cart to a paid order with a confirmation on its way. */
export async function checkout(cart: Cart): Promise<{ orderId: number; totalCents: number; jobId: string }> {
  return traced('checkout', cart, async () => {
    const totalCents = await priceCart(cart.items);
    log.info(`cart of ${cart.customer} comes to ${totalCents / 100} EUR`, {
      'cart.items': cart.items.length,
    });
    const authorization = await pay(cart, totalCents);
    await reserveStock(cart.items);
    const saved = await saveOrder(cart, totalCents, authorization);
    log.info(`order ${saved.orderId} is paid`, { 'order.id': saved.orderId, 'job.id': saved.jobId });
    return { ...saved, totalCents };
  });
}

async function pay({ customer, card }: Cart, totalCents: number): Promise<string> {
  try {
    return await chargeCard(card, totalCents);
  } catch (cause) {
    log.error(`card of ${customer} was not charged`, cause);
    throw new CheckoutError(`Checkout of ${customer} stopped before payment`, { cause });
  }
}
