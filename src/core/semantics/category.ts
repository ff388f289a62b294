/**
 * What a span is about, for its icon, colour and detail card. The array index is the number the store and the columns
 * keep: append only.
 */
export const categories = [
  'custom',
  'gateway',
  'runtime',
  'database',
  'http',
  'messaging',
  'rpc',
  'storage',
  'auth',
  'job',
  'genai',
] as const;

export type Category = (typeof categories)[number];
