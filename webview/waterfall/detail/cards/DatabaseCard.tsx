import type { VNode } from 'preact';
import { databaseFacts } from '../../../../src/core/semantics/facts/databaseFacts';
import type { CardProps } from './cardProps';
import { FactList } from './FactList';
import { NamedTexts } from './NamedTexts';
import { SameDurations } from './SameDurations';
import { SqlText } from './SqlText';

/** The query, what it was asked with, what it gave, and whether it usually takes as long. */
export function DatabaseCard({ span, attributes, duration }: CardProps): VNode {
  const facts = databaseFacts(attributes);
  return (
    <>
      {facts.statement === undefined ? null : <SqlText statement={facts.statement} system={facts.system} />}
      <SameDurations spanId={span.spanId} duration={duration} />
      <FactList
        facts={[
          ['System', facts.system],
          ['Database', facts.namespace],
          ['Collection', facts.collection],
          ['Operation', facts.operation],
          ['Rows', facts.returnedRows],
          ['Rows changed', facts.affectedRows],
          ['Batch', facts.batchSize],
          ['Response', facts.responseStatus],
          ['Server', facts.server],
          ['User', facts.user],
        ]}
      />
      <NamedTexts title="Parameters" texts={facts.parameters} />
    </>
  );
}
