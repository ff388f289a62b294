import { bodyText } from '../../src/core/formats/bodyText';
import type { LogDetail } from '../../src/protocol/logDetail';
import { lineText } from '../ui/text/spanText';

const known = new WeakMap<LogDetail, string>();

/** A record as one line: its event's name and its body. Kept, since a body may be large and is drawn while scrolling. */
export function logLine(log: LogDetail): string {
  const line = known.get(log) ?? [log.eventName, bodyText(log.body)].filter(part => part !== '').join(': ');
  const shown = lineText(line.trim());
  known.set(log, line.slice(0, 400));
  return shown;
}
