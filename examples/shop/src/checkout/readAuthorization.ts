/** A charge as the payment provider documents it. It does not always keep to that. */
export interface Charge {
  id: string;
  status: string;
  authorization: { code: string };
}

export function readAuthorization(charge: Charge): string {
  return charge.authorization.code;
}
