import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { TraceWarning } from '../../../src/core/tree/traceTree';
import { Icon } from '../../ui/Icon';
import { useModel } from '../frame/useModel';
import type { WaterfallModel } from '../model/waterfallModel';
import { Flaw } from './Flaw';

const changes = ['trace', 'selection', 'options'] as const;

const names: Record<TraceWarning['code'], string> = {
  'missing-parent': 'missing parent',
  'several-roots': 'several roots',
  cycle: 'cycle',
  'clock-skew': 'clock skew',
  'negative-duration': 'negative duration',
  'zero-time': 'unknown time',
  dropped: 'dropped data',
};

export interface FlawsProps {
  readonly model: WaterfallModel;
  readonly onSelect: (row: number) => void;
}

/** What is wrong with the trace: one flaw as its sentence, several by name until they are unfolded. */
export function Flaws({ model, onSelect }: FlawsProps): VNode | null {
  useModel(model, changes);
  const [open, setOpen] = useState(false);
  const { warnings } = model.columns;
  const [only] = warnings;
  if (!only) return null;
  if (warnings.length === 1)
    return (
      <p class="flaws">
        <Icon name="warning" class="warning" /> <Flaw model={model} warning={only} onSelect={onSelect} />
      </p>
    );
  return (
    <div class="flaws">
      <button type="button" class="link plain" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'chevronDown' : 'chevronRight'} />
        <Icon name="warning" class="warning" /> {warnings.length} flaws:{' '}
        {warnings.map(({ code }) => names[code]).join(', ')}
      </button>
      {open ? (
        <ul>
          {warnings.map(warning => (
            <li key={warning.code}>
              <Flaw model={model} warning={warning} onSelect={onSelect} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
