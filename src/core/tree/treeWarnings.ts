import { formatDuration } from '../time/formatDuration';
import type { SpanTable } from './spanTable';
import { RowFlaw, type TraceWarning } from './traceTree';
import type { TreeOrder } from './treeOrder';

/**
 * What is wrong with the trace as a whole: one sentence each that says what, why, and what to do. `flaws` and `skew`
 * are by row of the tree.
 */
export function treeWarnings(
  table: SpanTable,
  { source, parent }: TreeOrder,
  flaws: Uint8Array,
  skew: Float64Array,
): TraceWarning[] {
  const flawed = new Map<number, number>();
  let roots = 0;
  let largestShift = 0;
  for (let row = 0; row < source.length; row++) {
    const rowFlaws = flaws[row] ?? 0;
    if (rowFlaws === 0) {
      if (parent[row] === -1) roots++;
      continue;
    }
    if (parent[row] === -1 && !(rowFlaws & (RowFlaw.MissingParent | RowFlaw.Cycle))) roots++;
    for (let flaw = 1; flaw <= rowFlaws; flaw *= 2)
      if (rowFlaws & flaw) flawed.set(flaw, (flawed.get(flaw) ?? 0) + 1);
    largestShift = Math.max(largestShift, Math.abs(skew[row] ?? 0));
  }

  const warnings: TraceWarning[] = [];
  const warn = (code: TraceWarning['code'], count: number, message: (spans: string) => string): void => {
    if (count > 0)
      warnings.push({ code, count, message: message(count === 1 ? '1 span' : `${count} spans`) });
  };
  const of = (flaw: RowFlaw): number => flawed.get(flaw) ?? 0;
  warn(
    'missing-parent',
    of(RowFlaw.MissingParent),
    spans =>
      `The parent of ${spans} is not in this trace: it has not arrived yet, was not sampled, or its service does not ` +
      'export here; check that every service of the request sends its spans to this collector.',
  );
  warn(
    'several-roots',
    roots > 1 ? roots : 0,
    spans =>
      `${spans} of this trace have no parent: the trace context was lost between them, or a trace id was used again; ` +
      'check that the callers pass traceparent on.',
  );
  warn(
    'cycle',
    of(RowFlaw.Cycle),
    spans =>
      `The parent ids of ${spans} lead in a circle, which is cut there (the span is shown as a root); check how the ` +
      'instrumentation sets parent ids.',
  );
  warn('clock-skew', of(RowFlaw.ClockSkew), spans =>
    largestShift > 0
      ? `${spans} took place outside of the call that made them because the clocks of the machines differ, so they ` +
        `were moved by up to ${formatDuration(largestShift)}; synchronise the clocks (NTP) to see exact times.`
      : `${spans} took place outside of the call that made them because the clocks of the machines differ, and are ` +
        'shown as recorded; turn the correction on, or synchronise the clocks (NTP).',
  );
  warn(
    'negative-duration',
    of(RowFlaw.NegativeDuration),
    spans =>
      `The end of ${spans} is before the start: the clock was set back meanwhile, or no end was recorded; they count ` +
      'as taking no time.',
  );
  warn(
    'zero-time',
    of(RowFlaw.ZeroTime),
    spans =>
      `The start of ${spans} was not recorded (it is 0), so they are drawn from the start of their parent; check the ` +
      'exporter of ' +
      servicesOf(table, source, flaws, RowFlaw.ZeroTime) +
      '.',
  );
  warn(
    'dropped',
    of(RowFlaw.Dropped),
    spans =>
      `Attributes, events or links of ${spans} were dropped by the SDK; raise its span limits ` +
      '(OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT, OTEL_SPAN_EVENT_COUNT_LIMIT, OTEL_SPAN_LINK_COUNT_LIMIT).',
  );
  return warnings;
}

/** The services of the rows with `flaw`, at most three by name. */
function servicesOf(table: SpanTable, source: Uint32Array, flaws: Uint8Array, flaw: RowFlaw): string {
  const services = new Set<string>();
  for (let row = 0; row < source.length; row++)
    if ((flaws[row] ?? 0) & flaw) services.add(table.strings[table.service[source[row] ?? 0] ?? 0] ?? '');
  const [first = '', second, third, ...more] = services;
  return [first, second, third, more.length > 0 ? `${more.length} more` : undefined]
    .filter(name => name !== undefined)
    .join(', ');
}
