import { ask } from '../shared/call';
import { traced } from '../shared/tracing';
import { readAuthorization, type Charge } from './readAuthorization';

class PaymentError extends Error {
  static {
    this.prototype.name = 'PaymentError';
  }
}

/** Charges the card at the payment provider and answers the authorization code. */
export async function chargeCard(card: string, amountCents: number): Promise<string> {
  return traced('chargeCard', { card, amountCents }, () => authorize(card, amountCents));
}

async function authorize(card: string, amountCents: number): Promise<string> {
  const charge = await ask<Charge>('external', '/charges', { method: 'POST', body: { card, amountCents } });
  try {
    return readAuthorization(charge);
  } catch (cause) {
    throw new PaymentError(`Payment provider sent no authorization for card ${card}`, { cause });
  }
}
