import { useEffect, useRef, useState } from 'preact/hooks';
import type { WaterfallModel } from '../model/waterfallModel';

/** For so long after its last span a trace counts as arriving, and the news of new spans stays, ms. */
export const arrivingFor = 5000;

export interface Arrivals {
  /** Spans that came since the last pause; 0 once it is past. */
  readonly added: number;
  /** Spans came within the last five seconds. */
  readonly recent: boolean;
}

/** What has arrived lately of a trace that is looked at. */
export function useArrivals(model: WaterfallModel): Arrivals {
  const [arrivals, setArrivals] = useState<Arrivals>(() => ({ added: 0, recent: endedLately(model) }));
  const count = useRef(model.columns.count);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setArrivals({ added: 0, recent: false }), arrivingFor);
    };
    if (arrivals.recent) wait();
    const stop = model.onChange(change => {
      if (change !== 'trace') return;
      const more = model.columns.count - count.current;
      count.current = model.columns.count;
      if (more <= 0) return;
      setArrivals(({ added }) => ({ added: added + more, recent: true }));
      wait();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [model]);
  return arrivals;
}

function endedLately({ columns: { base, duration } }: WaterfallModel): boolean {
  const age = Date.now() - (Number(base / 1_000_000n) + duration / 1e6);
  return age >= 0 && age < arrivingFor;
}
