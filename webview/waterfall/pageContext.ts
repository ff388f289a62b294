import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TraceAnswer, TraceMethod, TraceParams } from '../../src/protocol/traceQuestions';
import type { FromWebview } from '../../src/protocol/waterfallProtocol';

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
}

export const PageContext = createContext<PageActions | undefined>(undefined);

export function usePage(): PageActions {
  const actions = useContext(PageContext);
  if (!actions) throw new Error('There is no PageContext above this component.');
  return actions;
}
