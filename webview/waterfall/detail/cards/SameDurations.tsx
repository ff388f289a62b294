import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formatDuration } from '../../../../src/core/time/formatDuration';
import type { Result } from '../../../../src/protocol/collectorProtocol';
import { counted } from '../../../ui/text/counted';
import { usePage } from '../../pageContext';

type Durations = Result<'durationsLike'>;
type State = { readonly durations: Durations } | { readonly problem: string } | undefined;

/** The whole store is looked through for it: not for spans that a reader only passes by. */
const askAfterMs = 250;

/** How long this one took beside all others of its kind in the store. */
export function SameDurations({
  spanId,
  duration,
}: {
  readonly spanId: string;
  /** ns */
  readonly duration: number;
}): VNode {
  const { ask } = usePage();
  const [state, setState] = useState<State>();
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      ask('durationsLike', { spanId }, stop.signal).then(
        ({ result }) => setState({ durations: result }),
        (error: unknown) => {
          if (!stop.signal.aborted)
            setState({ problem: error instanceof Error ? error.message : String(error) });
        },
      );
    }, askAfterMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [spanId]);
  return (
    <div class="same-durations" aria-live="off">
      {state === undefined ? (
        <p class="quiet">Looking for others of its kind…</p>
      ) : 'problem' in state ? (
        <p class="quiet">{state.problem}</p>
      ) : (
        <Compared durations={state.durations} duration={duration} />
      )}
    </div>
  );
}

function Compared({
  durations,
  duration,
}: {
  readonly durations: Durations;
  readonly duration: number;
}): VNode {
  const { by, count, errors, p50Nano, p95Nano, maxNano, complete } = durations;
  const what = by === 'statement' ? 'of the same query' : 'of the same name';
  if (count < 2) return <p class="quiet">No other span {what} is stored.</p>;
  const marks = [
    { name: 'p50', value: p50Nano },
    { name: 'p95', value: p95Nano },
    { name: 'max', value: maxNano },
  ];
  const most = Math.max(maxNano, duration, 1);
  return (
    <>
      <p>
        {compared(duration, p50Nano, p95Nano)}
        <span class="quiet">
          {' '}
          {marks.map(({ name, value }) => `${name} ${formatDuration(value)}`).join(' · ')}
        </span>
      </p>
      <div class="duration-scale" aria-hidden="true">
        <span class="this" style={{ width: `${(duration / most) * 100}%` }} />
        {marks.map(({ name, value }) => (
          <span key={name} class="mark" style={{ insetInlineStart: `${(value / most) * 100}%` }} />
        ))}
      </div>
      <p class="quiet">
        {counted(count, 'span')} {what} in the store{complete ? '' : ', those that arrived last'}
        {errors === 0 ? '' : `; ${counted(errors, 'error')}`}.
      </p>
    </>
  );
}

/** Where a duration stands among the others, in words. */
export function compared(duration: number, p50: number, p95: number): string {
  if (duration > p95) return p50 > 0 ? `Slow: ${times(duration / p50)} the median.` : 'Slow.';
  if (duration > p50) return 'Slower than half of them.';
  return 'As fast as half of them, or faster.';
}

function times(factor: number): string {
  return `${factor < 10 ? factor.toFixed(1) : Math.round(factor).toLocaleString()}×`;
}
