// The outside world: a payment provider, a parcel carrier, exchange rates, a mail provider. Not ours, so not traced.
import { setTimeout as sleep } from 'node:timers/promises';
import { portOf } from './shared/config';
import { serve } from './shared/service';

/** Cards of a bank whose charges come back, now and then, without the part that says they were authorized. */
const UNAUTHORIZED_CARD = 'tok_legacy';

serve(portOf('external'), {
  'POST /charges': async ({ body }) => {
    await sleep(40);
    const { card, amountCents } = body as { card: string; amountCents: number };
    const charge = { id: `ch_${Date.now().toString(36)}`, status: 'accepted', amountCents };
    if (card === UNAUTHORIZED_CARD) return { status: 200, body: charge };
    return { status: 200, body: { ...charge, authorization: { code: `auth-${charge.id}` } } };
  },
  'GET /parcels/:orderId': async (_request, { orderId }) => {
    // Longer than anybody waits for it.
    await sleep(3000);
    return { status: 200, body: { orderId, state: 'in transit' } };
  },
  'GET /rates/:currency': async (_request, { currency }) => {
    await sleep(150);
    return { status: 200, body: { currency, rate: currency === 'GBP' ? 0.79 : 0.92 } };
  },
  'POST /mails': async () => {
    await sleep(30);
    return { status: 202, body: { accepted: true } };
  },
});
