/** The six ranges of a log record's SeverityNumber (OpenTelemetry, Logs Data Model, "Field: SeverityNumber"). */
export const severityLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type SeverityLevel = (typeof severityLevels)[number];

const steps = 4;

/** The range a SeverityNumber lies in; undefined for 0 (unspecified) and numbers beyond 24. */
export function severityLevel(number: number): SeverityLevel | undefined {
  return number >= 1 ? severityLevels[Math.floor((number - 1) / steps)] : undefined;
}

/** The lowest SeverityNumber of a range. */
export function lowestSeverity(level: SeverityLevel): number {
  return severityLevels.indexOf(level) * steps + 1;
}

/** The short name of a number, `INFO` or `ERROR2` (Logs Data Model, "Displaying Severity"); '' where it has none. */
export function severityName(number: number): string {
  const level = severityLevel(number);
  if (level === undefined) return '';
  const step = ((number - 1) % steps) + 1;
  return `${level.toUpperCase()}${step === 1 ? '' : step}`;
}
