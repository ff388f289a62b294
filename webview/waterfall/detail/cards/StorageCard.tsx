import type { VNode } from 'preact';
import { storageFacts } from '../../../../src/core/semantics/facts/storageFacts';
import type { CardProps } from './cardProps';
import { FactList } from './FactList';

/** The object that was read or written. */
export function StorageCard({ attributes }: CardProps): VNode {
  const facts = storageFacts(attributes);
  return (
    <FactList
      facts={[
        ['System', facts.system],
        ['Operation', facts.operation],
        ['Bucket', facts.bucket],
        ['Key', facts.key],
        ['Size', facts.size === undefined ? undefined : `${facts.size.toLocaleString()} bytes`],
        ['Server', facts.server],
      ]}
    />
  );
}
