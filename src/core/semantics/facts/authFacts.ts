import type { AttributeReader } from '../attributeReader';

/** Who was let in or not, and why. */
export interface AuthFacts {
  readonly method: string | undefined;
  readonly result: string | undefined;
  readonly reason: string | undefined;
  readonly user: string | undefined;
  readonly tenant: string | undefined;
  readonly roles: string | undefined;
  readonly scopes: string | undefined;
}

/** The names `auth.*`, and those of the semantic conventions for users (`enduser.*` before). */
export function authFacts(attributes: AttributeReader): AuthFacts {
  return {
    method: attributes.text('auth.method', 'authentication.method', 'auth.type', 'auth.scheme'),
    result: attributes.text('auth.result', 'auth.outcome', 'authentication.result', 'authorization.result'),
    reason: attributes.text('auth.reason', 'auth.failure_reason', 'auth.error', 'error.type'),
    user: attributes.text('user.id', 'enduser.id', 'auth.user', 'auth.user.id', 'auth.subject'),
    tenant: attributes.text('tenant.id', 'auth.tenant', 'auth.tenant.id'),
    roles: attributes.text('user.roles', 'enduser.role', 'auth.roles'),
    scopes: attributes.text('auth.scopes', 'auth.scope', 'enduser.scope'),
  };
}
