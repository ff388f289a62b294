import type { TraceSummary } from '../../protocol/collectorProtocol';
import { oneLine } from '../text/oneLine';
import { counted } from '../text/counted';

/** What is asked before traces are deleted: what goes, and that it does not come back. */
export function deletionQuestion(traces: readonly TraceSummary[]): { message: string; detail: string } {
  const [first] = traces;
  const message =
    traces.length === 1 && first
      ? `Delete the trace “${oneLine(first.rootName, 80)}”?`
      : `Delete ${counted(traces.length, 'trace')}?`;
  const spans = traces.reduce((sum, { spanCount }) => sum + spanCount, 0);
  const pinned = traces.filter(trace => trace.pinned).length;
  const one = traces.length === 1;
  const detail = [
    `${one ? 'The trace, its' : `${counted(traces.length, 'trace')}, their`} ${counted(spans, 'span')} and ${one ? 'its' : 'their'} log records are deleted from disk at once, for all windows.`,
    ...(pinned === 0
      ? []
      : [one ? 'It is pinned.' : `${pinned} of them ${pinned === 1 ? 'is' : 'are'} pinned.`]),
    'This cannot be undone.',
  ].join(' ');
  return { message, detail };
}
