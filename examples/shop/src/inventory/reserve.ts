import { recordedWrite, transaction } from '../shared/db';
import { HttpError } from '../shared/http';
import { traced } from '../shared/tracing';

export interface OrderedItem {
  sku: string;
  quantity: number;
}

/** Takes the items out of stock, all or none, and answers what is left of each. */
export async function reserve(items: OrderedItem[]): Promise<OrderedItem[]> {
  return traced('reserve', items, () =>
    transaction(async client => {
      const left: OrderedItem[] = [];
      for (const { sku, quantity } of items) {
        const [row] = await recordedWrite<OrderedItem>(
          client,
          { name: 'stock', key: ['sku'] },
          'UPDATE stock SET quantity = quantity - $2 WHERE sku = $1 AND quantity >= $2',
          [sku, quantity],
        );
        if (row === undefined) throw new HttpError(409, `not enough ${sku} in stock`);
        left.push(row);
      }
      return left;
    }),
  );
}
