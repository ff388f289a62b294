import type { AttributeReader } from '../attributeReader';
import { serverAddress } from './serverAddress';

/** What was handed over, to whom or from whom. */
export interface MessagingFacts {
  /** `kafka`, `rabbitmq`. */
  readonly system: string | undefined;
  /** Queue or topic. */
  readonly destination: string | undefined;
  readonly operation: string | undefined;
  readonly messageId: string | undefined;
  readonly conversationId: string | undefined;
  readonly consumerGroup: string | undefined;
  readonly partition: string | undefined;
  readonly offset: string | undefined;
  readonly routingKey: string | undefined;
  readonly batchSize: number | undefined;
  /** Bytes. */
  readonly bodySize: number | undefined;
  readonly body: string | undefined;
  readonly server: string | undefined;
}

/** Semantic conventions for messaging spans, of 1.30 and before. */
export function messagingFacts(attributes: AttributeReader): MessagingFacts {
  return {
    system: attributes.text('messaging.system'),
    destination: attributes.text(
      'messaging.destination.name',
      'messaging.destination',
      'messaging.source.name',
      'messaging.url',
    ),
    operation: attributes.text('messaging.operation.name', 'messaging.operation.type', 'messaging.operation'),
    messageId: attributes.text('messaging.message.id', 'messaging.message_id'),
    conversationId: attributes.text('messaging.message.conversation_id', 'messaging.conversation_id'),
    consumerGroup: attributes.text(
      'messaging.consumer.group.name',
      'messaging.kafka.consumer.group',
      'messaging.kafka.consumer_group',
      'messaging.rocketmq.client_group',
    ),
    partition: attributes.text(
      'messaging.destination.partition.id',
      'messaging.kafka.destination.partition',
      'messaging.kafka.partition',
    ),
    offset: attributes.text('messaging.kafka.offset', 'messaging.kafka.message.offset'),
    routingKey: attributes.text(
      'messaging.rabbitmq.destination.routing_key',
      'messaging.rabbitmq.routing_key',
      'messaging.kafka.message.key',
      'messaging.kafka.message_key',
    ),
    batchSize: attributes.number('messaging.batch.message_count'),
    bodySize: attributes.number(
      'messaging.message.body.size',
      'messaging.message.envelope.size',
      'messaging.message.payload_size_bytes',
      'messaging.message_payload_size_bytes',
    ),
    body: attributes.text('messaging.message.body', 'messaging.message.payload'),
    server: serverAddress(attributes),
  };
}
