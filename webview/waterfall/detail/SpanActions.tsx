import type { VNode } from 'preact';
import { attributesFromJson } from '../../../src/core/formats/attributesFromJson';
import { AttributeReader } from '../../../src/core/semantics/attributeReader';
import { curlCommand } from '../../../src/core/semantics/curlCommand';
import { httpFacts } from '../../../src/core/semantics/facts/httpFacts';
import { traceparent } from '../../../src/core/semantics/traceparent';
import type { SpanDetail } from '../../../src/protocol/spanDetail';
import { useCopy } from '../../ui/copyContext';
import { Icon } from '../../ui/Icon';

/** What can be taken along from a span as a whole. */
export function SpanActions({ span }: { readonly span: SpanDetail }): VNode {
  const copy = useCopy();
  const curl = curlCommand(httpFacts(new AttributeReader(attributesFromJson(span.attributes))));
  const copies = [
    ...(curl === undefined ? [] : [{ label: 'curl', text: () => curl }]),
    { label: 'traceparent', text: () => traceparent(span) },
    { label: 'span as JSON', text: () => JSON.stringify(span, null, 2) },
  ];
  return (
    <ul class="span-actions" aria-label="Copy">
      {copies.map(({ label, text }) => (
        <li key={label}>
          <button type="button" class="link" title={`Copy ${label}`} onClick={() => copy(text(), label)}>
            <Icon name="copy" /> {label}
          </button>
        </li>
      ))}
    </ul>
  );
}
