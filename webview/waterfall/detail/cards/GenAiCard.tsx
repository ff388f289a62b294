import type { VNode } from 'preact';
import { attributesFromJson } from '../../../../src/core/formats/attributesFromJson';
import { genAiFacts, type GenAiFacts } from '../../../../src/core/semantics/facts/genAiFacts';
import { messageOfEvent } from '../../../../src/core/semantics/facts/genAiMessages';
import { lineText } from '../../../ui/text/spanText';
import { Limited } from '../../../ui/values/Limited';
import { LongText } from '../../../ui/values/LongText';
import type { CardProps } from './cardProps';
import { FactList } from './FactList';
import { Payload } from './Payload';

/** The model, what it cost in tokens, and the conversation. */
export function GenAiCard({ span, attributes }: CardProps): VNode {
  const facts = genAiFacts(attributes);
  const ofEvents = span.events.flatMap(
    event => messageOfEvent(event.name, attributesFromJson(event.attributes)) ?? [],
  );
  const messages = facts.messages.length > 0 ? facts.messages : ofEvents;
  return (
    <>
      <FactList
        facts={[
          ['Model', model(facts)],
          ['Provider', facts.provider],
          ['Operation', facts.operation],
          ['Tokens', tokens(facts)],
          ['Finished', facts.finishReasons],
          ['Temperature', facts.temperature],
          ['Top P', facts.topP],
          ['Token limit', facts.maxTokens],
          ['Agent', facts.agent],
          ['Tool', facts.tool],
          ['Conversation', facts.conversationId],
          ['Response ID', facts.responseId],
        ]}
      />
      <Payload title="Tool arguments" text={facts.toolArguments} />
      <Payload title="Tool result" text={facts.toolResult} />
      {messages.length === 0 ? null : (
        <Limited items={messages} limit={20} what="messages">
          {shown => (
            <ol class="messages" aria-label="Messages">
              {shown.map(({ role, text }, i) => (
                <li key={i} class="message">
                  <strong>{lineText(role)}</strong>
                  <p>
                    <LongText text={text} />
                  </p>
                </li>
              ))}
            </ol>
          )}
        </Limited>
      )}
    </>
  );
}

function model({ requestModel, responseModel }: GenAiFacts): string | undefined {
  if (requestModel === undefined || responseModel === undefined) return responseModel ?? requestModel;
  return requestModel === responseModel ? requestModel : `${requestModel} (answered by ${responseModel})`;
}

function tokens({
  inputTokens,
  outputTokens,
  totalTokens,
  cachedTokens,
  reasoningTokens,
}: GenAiFacts): string | undefined {
  const part = (count: number | undefined, what: string) =>
    count === undefined ? [] : [`${count.toLocaleString()} ${what}`];
  const parts = [
    ...part(inputTokens, 'in'),
    ...part(cachedTokens, 'of them cached'),
    ...part(outputTokens, 'out'),
    ...part(reasoningTokens, 'of them reasoning'),
    ...part(totalTokens, 'in all'),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}
