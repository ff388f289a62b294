import { inspect } from 'node:util';
import { logs, SeverityNumber, type LogAttributes } from '@opentelemetry/api-logs';

const logger = logs.getLogger('shop', '1.4.0');

/** Writes log records; each belongs to the span that is active, and nothing is printed. */
export const log = {
  info: (text: string, attributes?: LogAttributes) => write(SeverityNumber.INFO, text, attributes),
  warn: (text: string, attributes?: LogAttributes) => write(SeverityNumber.WARN, text, attributes),
  /** `error` goes along as OpenTelemetry's conventions for exceptions in logs have it, its causes in the stack. */
  error: (text: string, error: unknown, attributes?: LogAttributes) =>
    write(SeverityNumber.ERROR, text, { ...attributes, ...described(error) }),
};

function write(severityNumber: SeverityNumber, body: string, attributes: LogAttributes = {}): void {
  logger.emit({ severityNumber, severityText: SeverityNumber[severityNumber], body, attributes });
}

function described(error: unknown): LogAttributes {
  const known = error instanceof Error ? error : new Error(String(error));
  return {
    'exception.type': known.name,
    'exception.message': known.message,
    'exception.stacktrace': inspect(known),
  };
}
