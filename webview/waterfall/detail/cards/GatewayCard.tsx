import type { VNode } from 'preact';
import { gatewayFacts, type RateLimit } from '../../../../src/core/semantics/facts/gatewayFacts';
import { httpFacts } from '../../../../src/core/semantics/facts/httpFacts';
import type { CardProps } from './cardProps';
import { FactList } from './FactList';
import { HttpMessages, sizes } from './HttpCard';
import { HttpStatus } from './HttpStatus';
import { useStepAttributes } from './useStepAttributes';

/** What came in, and what was decided about it before the work began: also by the steps below, as by an auth span. */
export function GatewayCard({ model, row, span, attributes }: CardProps): VNode {
  const http = httpFacts(attributes);
  const steps = useStepAttributes(model, row, span);
  const facts = gatewayFacts(steps.attributes);
  return (
    <>
      <HttpStatus facts={http} />
      <FactList
        facts={[
          ['Route', facts.route],
          ['URL', http.url],
          ['Auth', facts.authResult],
          ['Auth method', facts.authMethod],
          ['User', facts.user],
          ['Tenant', facts.tenant],
          ['Rate limit', facts.rateLimit && rateLimitText(facts.rateLimit)],
          ['Request ID', facts.requestId],
          ['Client', facts.client],
          ['User agent', http.userAgent],
          ['Error', http.errorType],
          ...sizes(http),
        ]}
      />
      {steps.problem === undefined ? null : (
        <p class="quiet">What the steps below decided could not be read: {steps.problem}</p>
      )}
      <HttpMessages facts={http} />
    </>
  );
}

function rateLimitText({ limit, remaining, reset, result, policy }: RateLimit): string {
  const parts = [
    result,
    remaining === undefined
      ? limit === undefined
        ? undefined
        : `limit ${limit.toLocaleString()}`
      : `${remaining.toLocaleString()}${limit === undefined ? '' : ` of ${limit.toLocaleString()}`} left`,
    reset === undefined ? undefined : `resets ${reset}`,
    policy === undefined ? undefined : `policy ${policy}`,
  ];
  return parts.filter(part => part !== undefined).join(', ');
}
