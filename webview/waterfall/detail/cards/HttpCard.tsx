import type { VNode } from 'preact';
import { httpFacts, type HttpFacts } from '../../../../src/core/semantics/facts/httpFacts';
import type { CardProps } from './cardProps';
import { FactList, type LabelledFact } from './FactList';
import { HttpStatus } from './HttpStatus';
import { NamedTexts } from './NamedTexts';
import { Payload } from './Payload';

/** The request that went out, and what came of it. */
export function HttpCard({ attributes }: CardProps): VNode {
  const facts = httpFacts(attributes);
  return (
    <>
      <HttpStatus facts={facts} />
      <FactList
        facts={[
          ['URL', facts.url],
          ['Retries', facts.resends],
          ['Time-out', timeOut(facts)],
          ['Error', facts.errorType],
          ...sizes(facts),
          ['Protocol', facts.protocol === undefined ? undefined : `HTTP/${facts.protocol}`],
          ['Server', facts.server],
          ['User agent', facts.userAgent],
        ]}
      />
      <HttpMessages facts={facts} />
    </>
  );
}

/** Headers and bodies, as far as they are recorded. */
export function HttpMessages({ facts }: { readonly facts: HttpFacts }): VNode {
  return (
    <>
      <NamedTexts title="Request headers" texts={facts.requestHeaders} />
      <Payload title="Request body" text={facts.requestBody} />
      <NamedTexts title="Response headers" texts={facts.responseHeaders} />
      <Payload title="Response body" text={facts.responseBody} />
    </>
  );
}

export function sizes({ requestSize, responseSize }: HttpFacts): readonly LabelledFact[] {
  const bytes = (size: number | undefined) =>
    size === undefined ? undefined : `${size.toLocaleString()} bytes`;
  return [
    ['Sent', bytes(requestSize)],
    ['Received', bytes(responseSize)],
  ];
}

function timeOut({ timeout, timedOut }: HttpFacts): string | undefined {
  if (!timedOut) return timeout;
  return timeout === undefined ? 'exceeded' : `exceeded (${timeout})`;
}
