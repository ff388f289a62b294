import type { VNode } from 'preact';
import type { LogDetail } from '../../../src/protocol/logDetail';
import { lineText } from '../text/spanText';
import { Value } from '../values/AttributeTable';

/** What a log record says: its event's name, and its body, text or structure. */
export function LogBody({ log }: { readonly log: LogDetail }): VNode {
  const empty = Object.keys(log.body).length === 0;
  return (
    <div class="log-body">
      {log.eventName === '' ? null : <strong class="event-name">{lineText(log.eventName)}</strong>}
      {empty ? (
        log.eventName === '' ? (
          <span class="empty-value">no body</span>
        ) : null
      ) : (
        <Value name="log body" value={log.body} />
      )}
    </div>
  );
}
