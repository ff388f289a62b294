import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../ui/Icon';
import { serviceColourCss } from '../../ui/theme';
import type { WaterfallModel } from '../model/waterfallModel';
import { spanText } from '../../ui/text/spanText';
import { counted } from '../../ui/text/counted';

const mostShown = 8;

/** Which colour is which service, or what else the reader chose, with its spans and errors. */
export function ServiceLegend({ model }: { readonly model: WaterfallModel }): VNode | null {
  const [all, setAll] = useState(false);
  const { colouring, facts } = model;
  const entries =
    colouring?.legend ??
    facts.services.map(service => ({ ...service, place: model.servicePlaceOf(service.name) }));
  const [kind, label] = colouring ? (['value', 'Colours'] as const) : (['service', 'Services'] as const);
  if (entries.length === 0) return null;
  return (
    <ul class="legend" aria-label={label}>
      {entries.slice(0, all ? entries.length : mostShown).map(({ name, place, spans, errors }) => (
        <li
          key={name}
          title={`${spanText(name)}: ${counted(spans, 'span')}${errors > 0 ? `, ${counted(errors, 'error')}` : ''}`}
        >
          <span class="swatch" style={{ backgroundColor: serviceColourCss(place) }} aria-hidden="true" />
          <span class="legend-name">{spanText(name)}</span>
          <span class="quiet">{spans.toLocaleString()}</span>
          {errors > 0 ? (
            <span class="status-error">
              <Icon name="error" />
              <span class="hidden-text">errors: </span>
              {errors.toLocaleString()}
            </span>
          ) : null}
        </li>
      ))}
      {entries.length <= mostShown ? null : (
        <li>
          <button type="button" class="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : counted(entries.length - mostShown, `more ${kind}`)}
          </button>
        </li>
      )}
      <li>
        <span class="path-sample" aria-hidden="true" />
        <span class="quiet">critical path</span>
      </li>
    </ul>
  );
}
