import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Ask } from '../../src/protocol/traceQuestions';
import type { FromWebview } from '../../src/protocol/waterfallProtocol';

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
