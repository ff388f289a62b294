import type { VNode } from 'preact';
import { formatTimestamp } from '../../../../src/core/time/formatTimestamp';
import { Icon } from '../../../ui/Icon';
import { spanText } from '../../../ui/text/spanText';
import { usePage } from '../../pageContext';
import type { Backlink } from './backlinkLoader';

/** A span of another trace: its name leads there. */
export function TraceLink({ link }: { readonly link: Backlink }): VNode {
  const { follow } = usePage();
  return (
    <p>
      <button
        type="button"
        class="link"
        title={`Open trace ${link.traceId} at span ${link.spanId}`}
        onClick={() => follow(link.traceId, link.spanId)}
      >
        <Icon name="link" /> {spanText(link.name)}
      </button>{' '}
      <span class="quiet">
        in {spanText(link.service)}, {formatTimestamp(BigInt(link.startTimeUnixNano))}
      </span>
    </p>
  );
}
