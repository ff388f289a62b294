import type { AttributeReader } from '../attributeReader';

/** What function ran, and why. */
export interface RuntimeFacts {
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly invocationId: string | undefined;
  readonly trigger: string | undefined;
  readonly coldStart: boolean | undefined;
  /** The limit that was set, as recorded. */
  readonly timeout: string | undefined;
  readonly maxMemory: string | undefined;
}

/** Semantic conventions for FaaS and source code, stable and before, and the names `function.*`. */
export function runtimeFacts(attributes: AttributeReader): RuntimeFacts {
  const coldStart = attributes.value('faas.coldstart', 'function.cold_start', 'function.coldstart');
  const namespace = attributes.text('code.namespace');
  const plain = attributes.text('function.name', 'faas.name', 'faas.invoked_name', 'code.function.name');
  const coded = attributes.text('code.function');
  return {
    name: plain ?? (namespace === undefined || coded === undefined ? coded : `${namespace}.${coded}`),
    version: attributes.text('function.version', 'faas.version'),
    invocationId: attributes.text(
      'faas.invocation_id',
      'faas.execution',
      'function.invocation_id',
      'aws.request_id',
    ),
    trigger: attributes.text('faas.trigger', 'function.trigger'),
    coldStart: typeof coldStart === 'boolean' ? coldStart : undefined,
    timeout: attributes.text('function.timeout', 'function.timeout_ms', 'faas.timeout'),
    maxMemory: attributes.text('faas.max_memory', 'function.memory_limit'),
  };
}
