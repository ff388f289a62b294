import { pool } from '../shared/db';
import { traced } from '../shared/tracing';

interface Order {
  id: number;
  customer: string;
  total_cents: number;
}

/** The newest orders with their items. Asks for the items order by order: the N+1 queries of this shop. */
export async function listOrders(limit: number) {
  return traced('listOrders', { limit }, async () => {
    const orders = await pool.query<Order>(
      'SELECT id, customer, total_cents FROM orders ORDER BY id DESC LIMIT $1',
      [limit],
    );
    const answer = [];
    for (const order of orders.rows) {
      const items = await pool.query('SELECT sku, quantity FROM order_items WHERE order_id = $1', [order.id]);
      answer.push({ ...order, items: items.rows });
    }
    return answer;
  });
}
