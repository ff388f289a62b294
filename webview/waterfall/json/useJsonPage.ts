import { useEffect, useState } from 'preact/hooks';
import type { WaterfallModel } from '../model/waterfallModel';
import { usePage } from '../pageContext';
import { jsonLines, type JsonLines } from './jsonLines';

/** Spans of one page: some 10,000 lines at most. */
export const spansOnPage = 100;

export type JsonState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly message: string; readonly retry: () => void }
  | { readonly state: 'loaded'; readonly page: JsonLines };

/** The spans of rows [page * spansOnPage, …) as JSON, asked for again whenever the trace has grown. */
export function useJsonPage(model: WaterfallModel, page: number): JsonState {
  const { ask } = usePage();
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<JsonState & { readonly of?: number }>({ state: 'loading' });
  const { columns, options } = model;
  useEffect(() => {
    const control = new AbortController();
    const params = { from: page * spansOnPage, count: spansOnPage, correctSkew: options.correctSkew };
    ask('spans', params, control.signal).then(
      ({ result }) => setState({ state: 'loaded', page: jsonLines(result.spans), of: page }),
      (error: unknown) => {
        if (control.signal.aborted) return;
        const message = error instanceof Error ? error.message : 'The spans could not be read.';
        setState({ state: 'failed', message, retry: () => setTries(n => n + 1), of: page });
      },
    );
    return () => control.abort();
  }, [columns, page, options.correctSkew, tries]);
  // What was loaded stays on screen while a newer state of the same page is awaited.
  return state.of === page ? state : { state: 'loading' };
}
