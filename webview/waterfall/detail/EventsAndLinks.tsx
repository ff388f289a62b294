import type { VNode } from 'preact';
import type { SpanDetail } from '../../../src/protocol/spanDetail';
import { Icon } from '../../ui/Icon';
import { usePage } from '../pageContext';
import { formatTimestamp } from '../../../src/core/time/formatTimestamp';
import { spanText } from '../../ui/text/spanText';
import { offset } from '../../ui/text/offset';
import { AttributeTable } from '../../ui/values/AttributeTable';
import { Limited } from '../../ui/values/Limited';
import { LongText } from '../../ui/values/LongText';

const mostShown = 50;

/** Events in time order as they came, each with its offset from the start of the span. */
export function Events({ span }: { readonly span: SpanDetail }): VNode {
  const start = BigInt(span.startTimeUnixNano);
  return (
    <>
      <Limited items={span.events} limit={mostShown} what="events">
        {shown =>
          shown.map((event, i) => {
            const time = BigInt(event.timeUnixNano);
            return (
              <div class="item" key={i}>
                <p class="item-title">
                  {event.name === 'exception' ? <Icon name="error" class="error" /> : null}
                  <strong>{spanText(event.name)}</strong>
                  <span class="quiet" title={formatTimestamp(time, { digits: 9, utc: true })}>
                    {offset(Number(time - start))}
                  </span>
                </p>
                <AttributeTable attributes={event.attributes} dropped={event.droppedAttributesCount} />
              </div>
            );
          })
        }
      </Limited>
      {span.droppedEventsCount > 0 ? (
        <p class="quiet">{span.droppedEventsCount.toLocaleString()} more were dropped by the SDK.</p>
      ) : null}
    </>
  );
}

/** Links to spans of other traces, or of this one. */
export function Links({ span }: { readonly span: SpanDetail }): VNode {
  const { follow } = usePage();
  return (
    <>
      <Limited items={span.links} limit={mostShown} what="links">
        {shown =>
          shown.map((link, i) => (
            <div class="item" key={i}>
              <button
                type="button"
                class="link code"
                title={`Open trace ${link.traceId} at span ${link.spanId}`}
                onClick={() => follow(link.traceId, link.spanId)}
              >
                <Icon name="link" /> {link.traceId} / {link.spanId}
              </button>
              {link.traceState === '' ? null : (
                <p class="quiet">
                  Trace state <LongText text={link.traceState} />
                </p>
              )}
              {link.attributes.length + link.droppedAttributesCount === 0 ? null : (
                <AttributeTable attributes={link.attributes} dropped={link.droppedAttributesCount} />
              )}
            </div>
          ))
        }
      </Limited>
      {span.droppedLinksCount > 0 ? (
        <p class="quiet">{span.droppedLinksCount.toLocaleString()} more were dropped by the SDK.</p>
      ) : null}
    </>
  );
}
