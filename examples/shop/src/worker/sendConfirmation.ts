import { ask } from '../shared/call';
import { traced } from '../shared/tracing';

export interface ConfirmationMail {
  to: string;
  orderId: number;
  totalCents: number;
}

export async function sendConfirmation(mail: ConfirmationMail) {
  return traced('sendConfirmation', mail, ({ to, orderId, totalCents }) =>
    ask<{ accepted: boolean }>('external', '/mails', {
      method: 'POST',
      body: { to, subject: `Your order ${orderId}`, text: `Thank you! We charged ${totalCents / 100} EUR.` },
    }),
  );
}
