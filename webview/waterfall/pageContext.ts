import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TraceAnswer, TraceMethod, TraceParams } from '../../src/protocol/traceQuestions';
import type { FromWebview, Place } from '../../src/protocol/waterfallProtocol';
import type { Store } from '../ui/store';

/** Asks the collector about the page's trace. Rejects with an Error of one sentence; with an AbortError where cancelled. */
export type Ask = <M extends TraceMethod>(
  method: M,
  params: TraceParams<M>,
  signal?: AbortSignal,
) => Promise<TraceAnswer<M>>;

/** What any part of the page may do. */
export interface PageActions {
  readonly post: (message: FromWebview) => void;
  readonly selectSpan: (spanId: string) => void;
  readonly ask: Ask;
  /** Goes to a span of this trace or another, and remembers the way back. */
  readonly follow: (traceId: string, spanId: string) => void;
  /** The same for the first link of the selected span, where its details are there. */
  readonly followLink: () => void;
  /** Goes back to where a link was followed last. */
  readonly back: () => void;
  /** Where links were followed, the last one last. */
  readonly followed: Store<readonly Place[]>;
}

export const PageContext = createContext<PageActions | undefined>(undefined);

export function usePage(): PageActions {
  const actions = useContext(PageContext);
  if (!actions) throw new Error('There is no PageContext above this component.');
  return actions;
}
