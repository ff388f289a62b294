import { plainAttributes, plainValue, type PlainValue } from '../../core/formats/plainValue';
import type { LogDetail } from '../../protocol/logDetail';

/** An element of `causeway logs --json`; docs/cli.md is the contract. */
export type LogEntry = Omit<LogDetail, 'body' | 'attributes' | 'resource' | 'scope'> & {
  readonly body: PlainValue;
  readonly attributes: Record<string, PlainValue>;
  readonly resource: Omit<LogDetail['resource'], 'attributes'> & {
    readonly attributes: Record<string, PlainValue>;
  };
  readonly scope: Omit<LogDetail['scope'], 'attributes'> & {
    readonly attributes: Record<string, PlainValue>;
  };
};

export function logEntry(log: LogDetail): LogEntry {
  const { resource, scope } = log;
  return {
    ...log,
    body: plainValue(log.body),
    attributes: plainAttributes(log.attributes),
    resource: { ...resource, attributes: plainAttributes(resource.attributes) },
    scope: { ...scope, attributes: plainAttributes(scope.attributes) },
  };
}
