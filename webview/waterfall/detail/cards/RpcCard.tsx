import type { VNode } from 'preact';
import { rpcFacts } from '../../../../src/core/semantics/facts/rpcFacts';
import type { CardProps } from './cardProps';
import { FactList } from './FactList';
import { NamedTexts } from './NamedTexts';

/** The procedure that was called, and how it answered. */
export function RpcCard({ attributes }: CardProps): VNode {
  const facts = rpcFacts(attributes);
  return (
    <>
      <FactList
        facts={[
          ['System', facts.system],
          ['Service', facts.service],
          ['Method', facts.method],
          ['Status', facts.status],
          ['Error', facts.errorMessage],
          ['Server', facts.server],
        ]}
      />
      <NamedTexts title="Request metadata" texts={facts.requestMetadata} />
      <NamedTexts title="Response metadata" texts={facts.responseMetadata} />
    </>
  );
}
