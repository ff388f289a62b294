import { inspect } from 'node:util';
import { propagation, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';

export const tracer = trace.getTracer('shop', '1.4.0');

const recorded = new WeakSet<Error>();

/**
 * Marks the span as failed and records the exception once per span. `inspect` prints the stack together with every
 * nested cause, as Node prints an uncaught error; the SDK's own `recordException(error)` would drop the causes.
 */
export function recordError(span: Span, error: unknown): void {
  const known = error instanceof Error ? error : new Error(String(error));
  span.recordException({ name: known.name, message: known.message, stack: inspect(known) });
  span.setStatus({ code: SpanStatusCode.ERROR, message: known.message });
  recorded.add(known);
}

/** Whether some span of this process already carries the error, or carries what wraps it. */
export function isRecorded(error: unknown): boolean {
  return error instanceof Error && recorded.has(error);
}

/** Runs a step of the business as a span of its own, with the step's name, input, output, place in the code, and failure. */
export async function traced<I, O>(name: string, input: I, step: (input: I) => Promise<O>): Promise<O> {
  const attributes = {
    'function.name': name,
    'code.function.name': name,
    'input.value': JSON.stringify(input),
    'input.mime_type': 'application/json',
    ...callSite(traced),
  };
  return tracer.startActiveSpan(name, { attributes }, async span => {
    try {
      const output = await step(input);
      span.setAttributes({ 'output.value': JSON.stringify(output), 'output.mime_type': 'application/json' });
      return output;
    } catch (error) {
      recordError(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The file and line that called `callee`, so that a span without an exception leads to its source as well. */
function callSite(callee: (...args: never[]) => unknown): Attributes {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, callee);
  const caller = holder.stack?.split('\n')[1] ?? '';
  const [, path, line, column] = /(?:\(|at )((?:\/|\w:).*):(\d+):(\d+)\)?$/.exec(caller) ?? [];
  if (path === undefined) return {};
  return { 'code.file.path': path, 'code.line.number': Number(line), 'code.column.number': Number(column) };
}

/** The id of the request at the gateway that all this is done for. */
export function requestIdFromBaggage(): string | undefined {
  return propagation.getActiveBaggage()?.getEntry('request_id')?.value;
}
