import type { VNode } from 'preact';
import { authFacts } from '../../../../src/core/semantics/facts/authFacts';
import type { CardProps } from './cardProps';
import { FactList } from './FactList';

/** Who was let in or not. */
export function AuthCard({ attributes }: CardProps): VNode {
  const facts = authFacts(attributes);
  return (
    <FactList
      facts={[
        ['Result', facts.result],
        ['Reason', facts.reason],
        ['Method', facts.method],
        ['User', facts.user],
        ['Tenant', facts.tenant],
        ['Roles', facts.roles],
        ['Scopes', facts.scopes],
      ]}
    />
  );
}
