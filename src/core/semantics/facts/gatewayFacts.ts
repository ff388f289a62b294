import type { AttributeReader } from '../attributeReader';
import { requestIdAttributes } from '../requestIdAttributes';

/** What an entry point decided about a request before its work began. */
export interface GatewayFacts {
  readonly route: string | undefined;
  readonly requestId: string | undefined;
  readonly client: string | undefined;
  /** How the caller proved who they are. */
  readonly authMethod: string | undefined;
  readonly authResult: string | undefined;
  readonly user: string | undefined;
  readonly tenant: string | undefined;
  readonly rateLimit: RateLimit | undefined;
}

export interface RateLimit {
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  /** When the count starts anew, as recorded. */
  readonly reset: string | undefined;
  /** `allowed`, `exceeded`. */
  readonly result: string | undefined;
  readonly policy: string | undefined;
}

/** Semantic conventions for HTTP servers, stable and before, and the names `auth.*`, `tenant.*`, `rate_limit.*`. */
export function gatewayFacts(attributes: AttributeReader): GatewayFacts {
  return {
    route: attributes.text('http.route'),
    requestId: attributes.text(...requestIdAttributes),
    client: attributes.text('client.address', 'http.client_ip', 'network.peer.address', 'net.sock.peer.addr'),
    authMethod: attributes.text('auth.method', 'authentication.method', 'auth.type'),
    authResult: attributes.text(
      'auth.result',
      'auth.outcome',
      'authentication.result',
      'authorization.result',
    ),
    user: attributes.text('user.id', 'enduser.id', 'auth.user', 'auth.user.id', 'auth.subject'),
    tenant: attributes.text('tenant.id', 'auth.tenant', 'auth.tenant.id'),
    rateLimit: rateLimit(attributes),
  };
}

function rateLimit(attributes: AttributeReader): RateLimit | undefined {
  const facts: RateLimit = {
    limit: attributes.number('rate_limit.limit', 'ratelimit.limit'),
    remaining: attributes.number('rate_limit.remaining', 'ratelimit.remaining'),
    reset: attributes.text('rate_limit.reset', 'ratelimit.reset', 'rate_limit.reset_seconds'),
    result: attributes.text('rate_limit.result', 'ratelimit.result') ?? decision(attributes),
    policy: attributes.text('rate_limit.policy', 'ratelimit.policy', 'rate_limit.key'),
  };
  return Object.values(facts).every(value => value === undefined) ? undefined : facts;
}

/** A decision that was recorded as yes or no. */
function decision(attributes: AttributeReader): string | undefined {
  const allowed = attributes.value('rate_limit.allowed', 'ratelimit.allowed');
  if (typeof allowed === 'boolean') return allowed ? 'allowed' : 'exceeded';
  const exceeded = attributes.value('rate_limit.exceeded', 'ratelimit.exceeded');
  if (typeof exceeded === 'boolean') return exceeded ? 'exceeded' : 'allowed';
  return undefined;
}
