import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Result } from '../../../src/protocol/collectorProtocol';
import type { ColourBy } from '../../../src/protocol/viewOptions';
import { spanText } from '../../ui/text/spanText';
import type { WaterfallModel } from '../model/waterfallModel';
import { usePage } from '../pageContext';

type Keys = Result<'attributeKeys'>;

/** What an option of an attribute is called among those that are none. */
const attributePrefix = 'attribute:';

/** What colours the bars, and which attribute stands beside the names. */
export function KeySelects({ model }: { readonly model: WaterfallModel }): VNode {
  const { ask } = usePage();
  const [keys, setKeys] = useState<Keys | undefined>(undefined);
  useEffect(() => model.onChange(change => change === 'trace' && setKeys(undefined)), [model]);
  const load = () => {
    if (!keys)
      ask('attributeKeys', {}).then(
        ({ result }) => setKeys(result),
        () => undefined,
      );
  };
  const { colourBy, labelBy } = model.options;
  return (
    <>
      <select
        class="dropdown key-select"
        aria-label="Colour by"
        title="Colour by"
        value={colourBy.by === 'attribute' ? attributePrefix + colourBy.key : colourBy.by}
        onFocus={load}
        onPointerEnter={load}
        onChange={event => model.setOptions({ colourBy: readColourBy(event.currentTarget.value) })}
      >
        <option value="service">Colour: service</option>
        <option value="category">Colour: category</option>
        <option value="status">Colour: status</option>
        {attributeOptions(keys, colourBy.by === 'attribute' ? colourBy.key : undefined, 'Colour: ')}
      </select>
      <select
        class="dropdown key-select"
        aria-label="Label rows with"
        title="Label rows with"
        value={labelBy === undefined ? '' : attributePrefix + labelBy}
        onFocus={load}
        onPointerEnter={load}
        onChange={event => model.setOptions({ labelBy: attributeIn(event.currentTarget.value) })}
      >
        <option value="">Label: none</option>
        {attributeOptions(keys, labelBy, 'Label: ')}
      </select>
    </>
  );
}

function attributeOptions(keys: Keys | undefined, chosen: string | undefined, prefix: string): VNode {
  const names = new Set([
    ...(chosen === undefined ? [] : [chosen]),
    ...(keys?.keys.map(({ key }) => key) ?? []),
  ]);
  return (
    <>
      {[...names].map(key => (
        <option key={key} value={attributePrefix + key}>
          {prefix + spanText(key)}
        </option>
      ))}
      {keys && keys.more > 0 ? (
        <option disabled>{`${keys.more.toLocaleString()} more are not listed`}</option>
      ) : null}
    </>
  );
}

function attributeIn(value: string): string | undefined {
  return value.startsWith(attributePrefix) ? value.slice(attributePrefix.length) : undefined;
}

function readColourBy(value: string): ColourBy {
  const key = attributeIn(value);
  if (key !== undefined) return { by: 'attribute', key };
  return value === 'category' || value === 'status' ? { by: value } : { by: 'service' };
}
