import { defaultViewOptions } from '../../../src/protocol/viewOptions';
import type { ViewState } from '../../../src/protocol/waterfallProtocol';

/** Opens a trace with a row for each span: repeats are not folded. */
export function oneByOne(traceId: string): { readonly state: ViewState } {
  const options = { ...defaultViewOptions, repeats: false };
  return { state: { traceId, collapsed: [], options, scrollTop: 0 } };
}
