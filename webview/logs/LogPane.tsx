import type { VNode } from 'preact';
import { logTime } from '../../src/core/model/logTime';
import { formatTimestamp } from '../../src/core/time/formatTimestamp';
import type { LogDetail } from '../../src/protocol/logDetail';
import { Button } from '../ui/controls';
import { Icon } from '../ui/Icon';
import { IconButton } from '../ui/IconButton';
import { LogBody } from '../ui/logs/LogBody';
import { Severity, severityText } from '../ui/logs/Severity';
import { Section } from '../ui/Section';
import { lineText } from '../ui/text/spanText';
import { AttributeTable } from '../ui/values/AttributeTable';
import { Fact, Facts } from '../ui/values/Facts';
import { LongText } from '../ui/values/LongText';

export interface LogPaneProps {
  readonly log: LogDetail;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

/** Everything a log record carries. */
export function LogPane({ log, onOpen, onClose }: LogPaneProps): VNode {
  const { resource, scope } = log;
  return (
    <section
      class="log-pane"
      aria-label="Log record"
      tabIndex={0}
      onKeyDown={event => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header class="log-pane-header">
        <h2>
          <Severity log={log} />
          <span class="quiet">{lineText(log.service)}</span>
        </h2>
        <IconButton icon="close" label="Close (Escape)" onClick={onClose} />
      </header>
      <div class="log-pane-body">
        <LogBody log={log} />
        {log.traceId === '' ? null : (
          <div class="log-actions">
            <Button appearance="primary" onClick={onOpen}>
              <Icon name="listTree" slot="start" />
              {log.spanId === '' ? 'Open trace' : 'Open trace at this span'}
            </Button>
          </div>
        )}
      </div>
      <Section title="Log record">{() => <RecordFacts log={log} />}</Section>
      <Section title="Attributes" count={log.attributes.length}>
        {() => <AttributeTable attributes={log.attributes} dropped={log.droppedAttributesCount} />}
      </Section>
      <Section title="Resource" count={resource.attributes.length} open={false}>
        {() => <AttributeTable attributes={resource.attributes} dropped={resource.droppedAttributesCount} />}
      </Section>
      {scope.attributes.length + scope.droppedAttributesCount === 0 ? null : (
        <Section title="Scope" count={scope.attributes.length} open={false}>
          {() => <AttributeTable attributes={scope.attributes} dropped={scope.droppedAttributesCount} />}
        </Section>
      )}
    </section>
  );
}

function RecordFacts({ log }: { readonly log: LogDetail }): VNode {
  const { scope, traceId, spanId, eventName, severityText: own } = log;
  const scopeName = [scope.name, scope.version].filter(part => part !== '').join(' ');
  return (
    <Facts>
      {log.timeUnixNano === '0' ? null : <Time label="Time" time={logTime(log)} />}
      {log.observedTimeUnixNano === '0' ? null : (
        <Time label="Observed" time={BigInt(log.observedTimeUnixNano)} />
      )}
      <Fact label="Severity">
        {severityText(log)}
        {own === '' || own === severityText(log) ? null : <span class="quiet"> {lineText(own)}</span>}
      </Fact>
      {eventName === '' ? null : (
        <Fact label="Event">
          <LongText text={eventName} />
        </Fact>
      )}
      {scopeName === '' ? null : (
        <Fact label="Scope">
          <LongText text={scopeName} />
        </Fact>
      )}
      {traceId === '' ? null : (
        <Fact label="Trace ID" copy={traceId}>
          <span class="code">{traceId}</span>
        </Fact>
      )}
      {spanId === '' ? null : (
        <Fact label="Span ID" copy={spanId}>
          <span class="code">{spanId}</span>
        </Fact>
      )}
    </Facts>
  );
}

function Time({ label, time }: { readonly label: string; readonly time: bigint }): VNode {
  return (
    <Fact label={label} title={formatTimestamp(time, { digits: 9, utc: true })}>
      {formatTimestamp(time, { digits: 6 })}
    </Fact>
  );
}
