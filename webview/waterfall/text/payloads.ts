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

export interface Payloads {
  readonly inputs: readonly KeyValueJson[];
  readonly outputs: readonly KeyValueJson[];
  /** All other attributes. */
  readonly rest: readonly KeyValueJson[];
}

export function payloads(attributes: readonly KeyValueJson[]): Payloads {
  const among = (keys: readonly string[]) => attributes.filter(({ key }) => keys.includes(key));
  const rest = attributes.filter(({ key }) => !inputKeys.includes(key) && !outputKeys.includes(key));
  return { inputs: among(inputKeys), outputs: among(outputKeys), rest };
}
