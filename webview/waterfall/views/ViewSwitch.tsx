import type { VNode } from 'preact';
import { Icon } from '../../ui/Icon';
import { useModel } from '../frame/useModel';
import type { WaterfallModel } from '../model/waterfallModel';
import { views } from './viewNames';

const changes = ['options'] as const;

/** Which view of the trace is shown: waterfall, flame graph, table or JSON. */
export function ViewSwitch({ model }: { readonly model: WaterfallModel }): VNode {
  useModel(model, changes);
  return (
    <div class="view-switch" role="group" aria-label="View">
      {views.map(({ view, label, icon }) => (
        <button
          key={view}
          type="button"
          class="view-button"
          title={`${label} (v: next view)`}
          aria-pressed={model.options.view === view}
          onClick={() => model.setOptions({ view })}
        >
          <Icon name={icon} />
          <span class="view-label">{label}</span>
        </button>
      ))}
    </div>
  );
}
