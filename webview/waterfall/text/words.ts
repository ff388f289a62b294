import type { Category } from '../../../src/core/semantics/category';
import { RowFlaw } from '../../../src/core/tree/traceTree';

export const kindWords = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'] as const;
export const statusWords = ['Unset', 'OK', 'Error'] as const;

export const categoryWords: Record<Category, string> = {
  custom: 'Custom',
  gateway: 'Gateway',
  runtime: 'Function',
  database: 'Database',
  http: 'Outbound HTTP',
  messaging: 'Messaging',
  rpc: 'RPC',
  storage: 'Storage',
  auth: 'Authentication',
  job: 'Job',
  genai: 'Generative AI',
};

const flawWords: readonly (readonly [flaw: RowFlaw, sentence: string])[] = [
  [RowFlaw.MissingParent, 'Its parent is not in the trace: not arrived yet, not sampled, or lost.'],
  [RowFlaw.Cycle, 'It was its own ancestor; the link to its parent was cut here.'],
  [RowFlaw.ClockSkew, 'Its clock and its parent’s disagree; the start shown here is corrected.'],
  [RowFlaw.NegativeDuration, 'It ends before it starts.'],
  [RowFlaw.ZeroTime, 'Its start time was not recorded.'],
  [RowFlaw.Dropped, 'Its SDK dropped attributes, events or links beyond its limits.'],
];

/** What is wrong with a span, a sentence each. */
export function flawSentences(flaws: number): string[] {
  return flawWords.filter(([flaw]) => (flaws & flaw) !== 0).map(([, sentence]) => sentence);
}
