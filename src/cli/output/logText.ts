import { bodyText } from '../../core/formats/bodyText';
import { logTime } from '../../core/model/logTime';
import { severityLevel, severityName } from '../../core/model/severity';
import { formatTimestamp } from '../../core/time/formatTimestamp';
import type { LogDetail } from '../../protocol/logDetail';
import { styled, terminalText } from './terminalText';

const widest = 6;

/** A log record as lines for people: time, severity, service and text; further lines of the text are indented. */
export function logText(log: LogDetail, colour: boolean): string {
  const { severityNumber, severityText, eventName } = log;
  const time = logTime(log);
  const severity = (severityName(severityNumber) || terminalText(severityText).slice(0, 20)).padEnd(widest);
  const level = severityLevel(severityNumber);
  const failed = level === 'error' || level === 'fatal';
  const [first = '', ...rest] = [eventName, bodyText(log.body)]
    .filter(part => part !== '')
    .join(': ')
    .split(/\r?\n/)
    .map(terminalText);
  const parts = [
    time === 0n ? 'no time' : formatTimestamp(time),
    failed ? styled(severity, 'red', colour) : severity,
    styled(terminalText(log.service), 'cyan', colour),
    first,
  ];
  return [parts.join('  '), ...rest.map(line => `    ${line}`)].join('\n');
}
