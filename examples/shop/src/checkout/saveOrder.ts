import { recordedWrite, transaction } from '../shared/db';
import { enqueue } from '../shared/queue';
import { traced } from '../shared/tracing';
import type { Cart } from './checkout';

/** Saves the order and hands its confirmation to the worker: both or neither, as the queue lies in the same database. */
export async function saveOrder(cart: Cart, totalCents: number, authorization: string) {
  return traced('saveOrder', { customer: cart.customer, totalCents, authorization }, () =>
    transaction(async client => {
      const [order] = await recordedWrite<{ id: number }>(
        client,
        { name: 'orders', key: ['id'] },
        'INSERT INTO orders (customer, total_cents, authorization_code) VALUES ($1, $2, $3)',
        [cart.customer, totalCents, authorization],
      );
      if (order === undefined) throw new Error('the database saved no order');
      await recordedWrite(
        client,
        { name: 'order_items', key: ['order_id', 'sku'] },
        'INSERT INTO order_items SELECT $1, * FROM unnest($2::text[], $3::int[])',
        [order.id, cart.items.map(item => item.sku), cart.items.map(item => item.quantity)],
      );
      const mail = { to: cart.customer, orderId: order.id, totalCents };
      const jobId = await enqueue(client, 'emails', 'sendConfirmation', mail);
      return { orderId: order.id, jobId };
    }),
  );
}
