import { Fragment, type VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { AnyValue, KeyValueJson } from '../../../src/core/formats/otlpJsonTypes';
import { useCopy } from '../copyContext';
import { IconButton } from '../IconButton';
import { lineText, spanText } from '../text/spanText';
import { copiedText, shownValue } from './valueText';
import { Limited } from './Limited';
import { LongText } from './LongText';

const mostRows = 200;

/** Attributes by key; `dropped`: how many the SDK left out. */
export function AttributeTable({
  attributes,
  dropped,
}: {
  readonly attributes: readonly KeyValueJson[];
  readonly dropped: number;
}): VNode {
  return (
    <>
      {attributes.length === 0 ? (
        <p class="quiet">No attributes.</p>
      ) : (
        <Rows entries={sortedByKey(attributes)} />
      )}
      {dropped > 0 ? <p class="quiet">{dropped.toLocaleString()} more were dropped by the SDK.</p> : null}
    </>
  );
}

function Rows({ entries }: { readonly entries: readonly KeyValueJson[] }): VNode {
  const copy = useCopy();
  return (
    <Limited items={entries} limit={mostRows} what="attributes">
      {shown => (
        <dl class="attributes">
          {shown.map(({ key, value }, i) => (
            <div class="attribute" key={`${i} ${key}`}>
              <dt title={lineText(key)}>
                <Key text={spanText(key)} />
                <IconButton
                  icon="copy"
                  label={`Copy the key ${lineText(key)}`}
                  class="copy"
                  onClick={() => copy(key, 'key')}
                />
              </dt>
              <dd>
                <Value name={key} value={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Limited>
  );
}

/** A key may break after its dots and underscores, before it breaks anywhere. */
function Key({ text }: { readonly text: string }): VNode {
  return (
    <>
      {text.split(/(?<=[._])/).map((part, i) => (
        <Fragment key={i}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </>
  );
}

/** One value, with a button that copies it; maps and lists unfold. */
export function Value({ name, value }: { readonly name: string; readonly value: AnyValue }): VNode {
  const copy = useCopy();
  const [open, setOpen] = useState(false);
  const shown = shownValue(value);
  const copyButton = (
    <IconButton
      icon="copy"
      label={`Copy ${lineText(name)}`}
      class="copy"
      onClick={() => copy(copiedText(value), lineText(name))}
    />
  );
  if (shown.kind === 'text')
    return (
      <>
        <span class={`value type-${shown.type.split(',')[0] ?? ''}`} title={shown.type}>
          <LongText text={shown.text} />
        </span>
        {copyButton}
      </>
    );
  return (
    <>
      <details class="nested" onToggle={event => setOpen(event.currentTarget.open)}>
        <summary>{shown.type}</summary>
        {open ? <Rows entries={shown.entries} /> : null}
      </details>
      {copyButton}
    </>
  );
}

function sortedByKey(attributes: readonly KeyValueJson[]): KeyValueJson[] {
  return [...attributes].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
