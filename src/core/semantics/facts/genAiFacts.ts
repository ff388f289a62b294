import type { AttributeReader } from '../attributeReader';
import { readMessages, type GenAiMessage } from './genAiMessages';

/** What was asked of a model, and what it took. */
export interface GenAiFacts {
  readonly provider: string | undefined;
  readonly operation: string | undefined;
  readonly requestModel: string | undefined;
  readonly responseModel: string | undefined;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly totalTokens: number | undefined;
  /** Of the input tokens, those that were read from a cache. */
  readonly cachedTokens: number | undefined;
  readonly reasoningTokens: number | undefined;
  readonly temperature: number | undefined;
  readonly topP: number | undefined;
  readonly maxTokens: number | undefined;
  readonly finishReasons: string | undefined;
  readonly responseId: string | undefined;
  readonly conversationId: string | undefined;
  readonly agent: string | undefined;
  readonly tool: string | undefined;
  readonly toolArguments: string | undefined;
  readonly toolResult: string | undefined;
  /** Of the attributes; older conventions keep them in events. In the order of the conversation. */
  readonly messages: readonly GenAiMessage[];
}

/** Semantic conventions for generative AI (gen_ai.*), those before them (llm.*), OpenInference and the Vercel AI SDK. */
export function genAiFacts(attributes: AttributeReader): GenAiFacts {
  const inputTokens = attributes.number(
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.usage.prompt_tokens',
    'llm.token_count.prompt',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
  );
  const outputTokens = attributes.number(
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.usage.completion_tokens',
    'llm.token_count.completion',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
  );
  return {
    provider: attributes.text(
      'gen_ai.provider.name',
      'gen_ai.system',
      'llm.provider',
      'llm.system',
      'ai.model.provider',
    ),
    operation: attributes.text(
      'gen_ai.operation.name',
      'llm.request.type',
      'openinference.span.kind',
      'ai.operationId',
    ),
    requestModel: attributes.text(
      'gen_ai.request.model',
      'llm.request.model',
      'llm.model_name',
      'ai.model.id',
      'embedding.model_name',
    ),
    responseModel: attributes.text('gen_ai.response.model', 'llm.response.model', 'ai.response.model'),
    inputTokens,
    outputTokens,
    totalTokens:
      attributes.number('gen_ai.usage.total_tokens', 'llm.usage.total_tokens', 'llm.token_count.total') ??
      (inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens),
    cachedTokens: attributes.number(
      'gen_ai.usage.cache_read.input_tokens',
      'gen_ai.usage.cache_read_input_tokens',
      'llm.token_count.prompt_details.cache_read',
      'ai.usage.cachedInputTokens',
    ),
    reasoningTokens: attributes.number(
      'gen_ai.usage.reasoning_tokens',
      'llm.token_count.completion_details.reasoning',
      'ai.usage.reasoningTokens',
    ),
    temperature: attributes.number(
      'gen_ai.request.temperature',
      'llm.request.temperature',
      'ai.settings.temperature',
    ),
    topP: attributes.number('gen_ai.request.top_p', 'llm.request.top_p', 'ai.settings.topP'),
    maxTokens: attributes.number(
      'gen_ai.request.max_tokens',
      'llm.request.max_tokens',
      'ai.settings.maxOutputTokens',
      'ai.settings.maxTokens',
    ),
    finishReasons: attributes.text(
      'gen_ai.response.finish_reasons',
      'gen_ai.response.finish_reason',
      'llm.response.finish_reason',
      'ai.response.finishReason',
    ),
    responseId: attributes.text('gen_ai.response.id', 'ai.response.id'),
    conversationId: attributes.text('gen_ai.conversation.id', 'session.id'),
    agent: attributes.text('gen_ai.agent.name', 'agent.name'),
    tool: attributes.text('gen_ai.tool.name', 'tool.name', 'ai.toolCall.name'),
    toolArguments: attributes.text('gen_ai.tool.call.arguments', 'tool.parameters', 'ai.toolCall.args'),
    toolResult: attributes.text('gen_ai.tool.call.result', 'ai.toolCall.result'),
    messages: readMessages(attributes),
  };
}
