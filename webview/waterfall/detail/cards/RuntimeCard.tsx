import type { VNode } from 'preact';
import { runtimeFacts } from '../../../../src/core/semantics/facts/runtimeFacts';
import type { CardProps } from './cardProps';
import { FactList } from './FactList';

/** What ran; its input, output and exceptions have sections of their own. */
export function RuntimeCard({ attributes }: CardProps): VNode {
  const facts = runtimeFacts(attributes);
  return (
    <FactList
      facts={[
        ['Function', facts.name],
        ['Version', facts.version],
        ['Trigger', facts.trigger],
        ['Cold start', facts.coldStart === undefined ? undefined : facts.coldStart ? 'yes' : 'no'],
        ['Invocation', facts.invocationId],
        ['Time-out', facts.timeout],
        ['Memory', facts.maxMemory],
      ]}
    />
  );
}
