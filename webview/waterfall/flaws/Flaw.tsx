import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TraceWarning } from '../../../src/core/tree/traceTree';
import { Icon } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import type { WaterfallModel } from '../model/waterfallModel';
import { flawRows, hop } from './flawRows';

export interface FlawProps {
  readonly model: WaterfallModel;
  readonly warning: TraceWarning;
  /** Selects a span and shows it. */
  readonly onSelect: (row: number) => void;
}

/** One flaw: what, why and what to do, a way through the spans concerned, and for skewed clocks the switch. */
export function Flaw({ model, warning, onSelect }: FlawProps): VNode {
  const { columns, options, selected } = model;
  const { code, message } = warning;
  const rows = useMemo(() => flawRows(columns, code), [columns, code]);
  const place = rows.indexOf(selected);
  const go = (direction: 1 | -1) => onSelect(hop(rows, selected, direction));
  return (
    <>
      <span class="flaw-message">{message}</span>{' '}
      <span class="flaw-actions">
        {rows.length === 0 ? null : (
          <>
            <IconButton icon="chevronLeft" label={`Previous span: ${code}`} onClick={() => go(-1)} />
            <span class="quiet flaw-place" aria-live="polite">
              {place < 0 ? '' : `${(place + 1).toLocaleString()} of `}
              {rows.length.toLocaleString()}
            </span>
            <IconButton icon="chevronRight" label={`Next span: ${code}`} onClick={() => go(1)} />
          </>
        )}
        {code === 'clock-skew' ? (
          <button
            type="button"
            class="flaw-switch"
            role="switch"
            aria-checked={options.correctSkew}
            onClick={() => model.setOptions({ correctSkew: !options.correctSkew })}
          >
            <Icon name={options.correctSkew ? 'check' : 'circle'} /> Correct the clocks
          </button>
        ) : null}
      </span>
    </>
  );
}
