import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { KeyValueJson } from '../../../src/core/formats/otlpJsonTypes';
import { AttributeTable } from '../../ui/values/AttributeTable';
import { copiedText } from '../../ui/values/valueText';

/** Fewer are seen at a glance. */
const fewest = 6;
/** Of a value; a match further in is not worth waiting for. */
const mostSearched = 100_000;

/** Attributes with a box that narrows them to those with a text in key or value. */
export function AttributeSearch({
  attributes,
  dropped,
}: {
  readonly attributes: readonly KeyValueJson[];
  readonly dropped: number;
}): VNode {
  const [wanted, setWanted] = useState('');
  const texts = useMemo(
    () =>
      attributes.map(({ key, value }) => `${key}\n${copiedText(value).slice(0, mostSearched)}`.toLowerCase()),
    [attributes],
  );
  if (attributes.length < fewest) return <AttributeTable attributes={attributes} dropped={dropped} />;
  const text = wanted.trim().toLowerCase();
  const found = text === '' ? attributes : attributes.filter((_, i) => texts[i]?.includes(text));
  return (
    <>
      <input
        type="search"
        class="attribute-search"
        placeholder="Search attributes"
        aria-label="Search attributes"
        value={wanted}
        onInput={event => setWanted(event.currentTarget.value)}
      />
      <p class="hidden-text" role="status">
        {text === '' ? '' : `${found.length} of ${attributes.length} attributes`}
      </p>
      {found.length === 0 ? (
        <p class="quiet">No attribute has this text.</p>
      ) : (
        <AttributeTable attributes={found} dropped={dropped} />
      )}
    </>
  );
}
