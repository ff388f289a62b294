import { findProduct, listProducts } from './inventory/products';
import { reserve, type OrderedItem } from './inventory/reserve';
import { portOf } from './shared/config';
import { serve } from './shared/service';

serve(portOf('inventory'), {
  'GET /products': async () => ({ status: 200, body: await listProducts() }),
  'GET /products/:sku': async (_request, { sku = '' }) => {
    const product = await findProduct(sku);
    if (product === undefined) return { status: 404, body: { error: `there is no product ${sku}` } };
    return { status: 200, body: product };
  },
  'POST /reservations': async ({ body }) => {
    const { items } = body as { items: OrderedItem[] };
    return { status: 201, body: await reserve(items) };
  },
});
