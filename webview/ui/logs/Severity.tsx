import type { VNode } from 'preact';
import { severityLevel, severityName, type SeverityLevel } from '../../../src/core/model/severity';
import type { LogDetail } from '../../../src/protocol/logDetail';
import { Icon } from '../Icon';
import type { IconName } from '../icons';
import { lineText } from '../text/spanText';

const levelIcons: Record<SeverityLevel, IconName> = {
  trace: 'circleSmall',
  debug: 'bug',
  info: 'info',
  warn: 'warning',
  error: 'error',
  fatal: 'flame',
};

/** How severe a log record is: an icon, a colour of the theme, and always the word. */
export function Severity({ log }: { readonly log: LogDetail }): VNode {
  const level = severityLevel(log.severityNumber);
  return (
    <span class={`severity ${level ?? 'unset'}`} title={severityTitle(log)}>
      <Icon name={level === undefined ? 'circle' : levelIcons[level]} />
      <span class="severity-text">{severityText(log)}</span>
    </span>
  );
}

/** The name of the number, which is alike in all languages; else what the program calls it. */
export function severityText({ severityNumber, severityText: own }: LogDetail): string {
  return severityName(severityNumber) || lineText(own.slice(0, 20)) || 'no severity';
}

function severityTitle({ severityNumber, severityText: own }: LogDetail): string {
  const number = severityNumber === 0 ? 'no severity number' : `severity number ${severityNumber}`;
  return own === '' ? number : `${lineText(own)} (${number})`;
}
