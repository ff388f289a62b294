import { usePages } from './usePages';
import { openWaterfall, type FakeHost, type WaterfallPage, type WaterfallPageOptions } from './waterfallPage';

/** Opens waterfalls in the one browser of a suite: see usePages. */
export function useWaterfall(): (host: FakeHost, options?: WaterfallPageOptions) => Promise<WaterfallPage> {
  return usePages(openWaterfall);
}
