import type { VNode } from 'preact';
import { jobFacts } from '../../../../src/core/semantics/facts/jobFacts';
import { messagingFacts } from '../../../../src/core/semantics/facts/messagingFacts';
import type { CardProps } from './cardProps';
import { FactList } from './FactList';
import { Payload } from './Payload';
import { Became } from '../links/Became';

/** What was handed over to be done later or elsewhere, and what became of it. */
export function HandOffCard({ model, row, span, attributes, backlinks }: CardProps): VNode {
  const job = jobFacts(attributes);
  const message = messagingFacts(attributes);
  return (
    <>
      <FactList
        facts={[
          ['Job', job.name],
          ['State', job.state],
          ['Attempt', job.attempt],
          ['Operation', message.operation],
          ['Queue', message.destination ?? job.queue],
          ['System', message.system],
          [job.name === undefined ? 'Message ID' : 'Job ID', job.id ?? message.messageId],
          ['Scheduled', job.scheduledAt],
          ['Conversation', message.conversationId],
          ['Group', message.consumerGroup],
          ['Partition', message.partition],
          ['Offset', message.offset],
          ['Key', message.routingKey],
          ['Messages', message.batchSize],
          ['Size', message.bodySize === undefined ? undefined : `${message.bodySize.toLocaleString()} bytes`],
          ['Server', message.server],
        ]}
      />
      <Became model={model} row={row} span={span} backlinks={backlinks} />
      <Payload title="Payload" text={job.payload ?? message.body} />
      <Payload title="Result" text={job.result} />
    </>
  );
}
