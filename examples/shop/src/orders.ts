import { checkout, type Cart } from './checkout/checkout';
import { listOrders } from './orders/listOrders';
import { salesReport } from './orders/salesReport';
import { trackParcel } from './orders/trackParcel';
import { portOf } from './shared/config';
import { serve } from './shared/service';

serve(portOf('orders'), {
  'POST /checkout': async ({ body }) => ({ status: 201, body: await checkout(body as Cart) }),
  'GET /orders': async () => ({ status: 200, body: await listOrders(12) }),
  'GET /orders/:id/tracking': async (_request, { id = '' }) => ({ status: 200, body: await trackParcel(id) }),
  'GET /reports/sales': async () => ({ status: 200, body: await salesReport() }),
});
