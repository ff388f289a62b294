import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../ui/Icon';
import { serviceColourCss } from '../../ui/theme';
import type { WaterfallModel } from '../model/waterfallModel';
import { spanText } from '../../ui/text/spanText';
import { counted } from '../../ui/text/counted';

const mostShown = 8;

/** Which colour is which service, with its spans and errors. */
export function ServiceLegend({ model }: { readonly model: WaterfallModel }): VNode | null {
  const [all, setAll] = useState(false);
  const { services } = model.facts;
  if (services.length === 0) return null;
  return (
    <ul class="legend" aria-label="Services">
      {services.slice(0, all ? services.length : mostShown).map(({ name, spans, errors }) => (
        <li
          key={name}
          title={`${spanText(name)}: ${counted(spans, 'span')}${errors > 0 ? `, ${counted(errors, 'error')}` : ''}`}
        >
          <span
            class="swatch"
            style={{ backgroundColor: serviceColourCss(model.servicePlaceOf(name)) }}
            aria-hidden="true"
          />
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
      {services.length <= mostShown ? null : (
        <li>
          <button type="button" class="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : counted(services.length - mostShown, 'more service')}
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
