import { codeLocation } from '../../core/stack/codeLocation';
import { parseStackTrace } from '../../core/stack/parseStackTrace';
import type { ParsedException, StackFrame } from '../../core/stack/stackTrace';
import type { KeyValueJson } from '../../core/formats/otlpJsonTypes';
import type { SpanDetail } from '../../protocol/spanDetail';

export interface SpanException {
  /** Index of the span event that it came from. */
  readonly event: number;
  readonly exception: ParsedException;
}

export interface SpanSources {
  /**
   * The last recorded exception first, because it is the one that the span failed with (those before it may have been
   * handled); of each, its innermost cause first.
   */
  readonly exceptions: readonly SpanException[];
  /** The place in the code that the span names itself. */
  readonly code: StackFrame | undefined;
}

/** A span that records an exception for each retry has many; the last ones are read. */
const maxEvents = 16;

/**
 * The places in the code that a span carries: its events named `exception` (semantic conventions, "Exceptions on spans")
 * and its `code.*` attributes.
 */
export function spanSources(span: SpanDetail): SpanSources {
  const language = textOf(span.resource.attributes, 'telemetry.sdk.language');
  const recorded = [...span.events.entries()]
    .filter(([, event]) => event.name === 'exception')
    .slice(-maxEvents);
  const exceptions = recorded.reverse().flatMap(([event, { attributes }]) => {
    const { exceptions } = parseStackTrace(textOf(attributes, 'exception.stacktrace') ?? '', {
      type: textOf(attributes, 'exception.type'),
      message: textOf(attributes, 'exception.message'),
      language,
    });
    return exceptions.map(exception => ({ event, exception }));
  });
  return { exceptions, code: codeLocation(key => valueOf(span.attributes, key)) };
}

function textOf(attributes: readonly KeyValueJson[], key: string): string | undefined {
  const value = valueOf(attributes, key);
  return typeof value === 'string' ? value : undefined;
}

/** The value of the last attribute of that key, where it is text or a number. */
function valueOf(attributes: readonly KeyValueJson[], key: string): string | number | undefined {
  const value = attributes.findLast(entry => entry.key === key)?.value;
  if (value === undefined) return undefined;
  if ('stringValue' in value) return value.stringValue;
  if ('intValue' in value) return value.intValue;
  if ('doubleValue' in value) return value.doubleValue;
  return undefined;
}
