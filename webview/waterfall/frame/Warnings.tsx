import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { TraceWarning } from '../../../src/core/tree/traceTree';
import { Icon } from '../../ui/Icon';

const names: Record<TraceWarning['code'], string> = {
  'missing-parent': 'missing parent',
  'several-roots': 'several roots',
  cycle: 'cycle',
  'clock-skew': 'clock skew',
  'negative-duration': 'negative duration',
  'zero-time': 'unknown time',
  dropped: 'dropped data',
};

/** What is wrong with the trace: one flaw as its sentence, several by name until they are unfolded. */
export function Warnings({ warnings }: { readonly warnings: readonly TraceWarning[] }): VNode | null {
  const [open, setOpen] = useState(false);
  const [only] = warnings;
  if (!only) return null;
  if (warnings.length === 1)
    return (
      <p class="warnings">
        <Icon name="warning" class="warning" /> {only.message}
      </p>
    );
  return (
    <div class="warnings">
      <button type="button" class="link plain" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'chevronDown' : 'chevronRight'} />
        <Icon name="warning" class="warning" /> {warnings.length} flaws:{' '}
        {warnings.map(({ code }) => names[code]).join(', ')}
      </button>
      {open ? (
        <ul>
          {warnings.map(({ code, message }) => (
            <li key={code}>{message}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
