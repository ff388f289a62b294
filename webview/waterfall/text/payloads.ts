import type { Category } from '../../../src/core/semantics/category';
import type { KeyValueJson } from '../../../src/core/formats/otlpJsonTypes';

/**
 * Attributes that hold what went into a step and what came out, shown first: the names of the semantic conventions
 * for generative AI, messaging and HTTP, of OpenInference (`input.value`), and of function instrumentations.
 */
const inputKeys = [
  'input.value',
  'function.input',
  'http.request.body',
  'messaging.message.body',
  'gen_ai.input.messages',
  'gen_ai.prompt',
];
const outputKeys = [
  'output.value',
  'function.output',
  'http.response.body',
  'gen_ai.output.messages',
  'gen_ai.completion',
];

/** Those that the card of a category shows by itself. */
const keysOfCards: Partial<Record<Category, readonly string[]>> = {
  http: ['http.request.body', 'http.response.body'],
  gateway: ['http.request.body', 'http.response.body'],
  messaging: ['messaging.message.body', 'input.value', 'output.value'],
  job: ['messaging.message.body', 'input.value', 'output.value'],
  genai: ['gen_ai.input.messages', 'gen_ai.prompt', 'gen_ai.output.messages', 'gen_ai.completion'],
};

export interface Payloads {
  readonly inputs: readonly KeyValueJson[];
  readonly outputs: readonly KeyValueJson[];
}

/** What is left to show beside the card of the category. */
export function payloads(attributes: readonly KeyValueJson[], category: Category): Payloads {
  const shown = keysOfCards[category] ?? [];
  const among = (keys: readonly string[]) =>
    attributes.filter(({ key }) => keys.includes(key) && !shown.includes(key));
  return { inputs: among(inputKeys), outputs: among(outputKeys) };
}
