import type { VNode } from 'preact';
import type { NamedText } from '../../../../src/core/semantics/attributeReader';
import { AttributeTable } from '../../../ui/values/AttributeTable';

/** Headers, parameters and the like, under a title of their own; nothing where there are none. */
export function NamedTexts({
  title,
  texts,
}: {
  readonly title: string;
  readonly texts: readonly NamedText[];
}): VNode | null {
  if (texts.length === 0) return null;
  const attributes = texts.map(({ name, text }) => ({ key: name, value: { stringValue: text } }));
  return (
    <div class="named-texts">
      <h4>{title}</h4>
      <AttributeTable attributes={attributes} dropped={0} />
    </div>
  );
}
