/** What the key of one attribute tells about its span; a span's hints are the union over its keys. */
export const enum CategoryHint {
  Http = 1,
  /** Part of finding the handler of an incoming request. */
  Route = 2,
  Database = 4,
  Messaging = 8,
  Rpc = 16,
  GenAi = 32,
  Function = 64,
  Job = 128,
  Auth = 256,
  Storage = 512,
  RateLimit = 1024,
  /** Where the span was made (`code.*`): no category, but a SpanFeature. */
  Code = 2048,
  /** `causeway.category`: the value of the attribute decides. */
  Override = 4096,
}

/**
 * Attribute names of the OpenTelemetry semantic conventions, stable and older ones alike, and the names of widely used
 * instrumentations; a trailing * stands for any rest. The longest match counts.
 */
const rules: readonly (readonly [pattern: string, hints: number])[] = [
  ['http.*', CategoryHint.Http],
  ['http.route', CategoryHint.Http | CategoryHint.Route],
  ['url.*', CategoryHint.Http],
  ['express.*', CategoryHint.Route],
  ['koa.*', CategoryHint.Route],
  ['fastify.*', CategoryHint.Route],
  ['hapi.*', CategoryHint.Route],
  ['restify.*', CategoryHint.Route],
  ['connect.*', CategoryHint.Route],
  ['nestjs.*', CategoryHint.Route],
  ['db.*', CategoryHint.Database],
  ['aws.dynamodb.*', CategoryHint.Database],
  ['messaging.*', CategoryHint.Messaging],
  ['aws.sqs.*', CategoryHint.Messaging],
  ['aws.sns.*', CategoryHint.Messaging],
  ['rpc.*', CategoryHint.Rpc],
  ['grpc.*', CategoryHint.Rpc],
  ['gen_ai.*', CategoryHint.GenAi],
  ['llm.*', CategoryHint.GenAi],
  ['ai.*', CategoryHint.GenAi],
  ['openinference.*', CategoryHint.GenAi],
  ['function.*', CategoryHint.Function],
  ['faas.*', CategoryHint.Function],
  ['aws.lambda.*', CategoryHint.Function],
  ['job.*', CategoryHint.Job],
  ['celery.*', CategoryHint.Job],
  ['sidekiq.*', CategoryHint.Job],
  ['auth.*', CategoryHint.Auth],
  ['authentication.*', CategoryHint.Auth],
  ['authorization.*', CategoryHint.Auth],
  ['storage.*', CategoryHint.Storage],
  ['aws.s3.*', CategoryHint.Storage],
  ['rate_limit.*', CategoryHint.RateLimit],
  ['ratelimit.*', CategoryHint.RateLimit],
  ['code.*', CategoryHint.Code],
  ['causeway.category', CategoryHint.Override],
];

// The rules as a trie: state s steps on character class c to next[s * width + c]; state 0 is "no rule", 1 the root.
// Most keys leave it within a few characters, which is why ingest can afford to ask for every attribute.
const classOf = new Uint8Array(256);
const width = 32;
let classes = 0;
const next: number[] = new Array<number>(2 * width).fill(0);
/** Hints once the state is passed, whatever follows. */
const prefixHints: number[] = [0, 0];
/** Hints when the key ends at the state. */
const exactHints: number[] = [0, 0];

function addRule(pattern: string, hints: number): void {
  const isPrefix = pattern.endsWith('*');
  let state = 1;
  for (const character of isPrefix ? pattern.slice(0, -1) : pattern) {
    const code = character.charCodeAt(0);
    if (!classOf[code]) classOf[code] = ++classes;
    if (classes >= width) throw new Error('the rules use more characters than the trie is wide');
    const at = state * width + (classOf[code] ?? 0);
    let to = next[at] ?? 0;
    if (to === 0) {
      to = prefixHints.length;
      next[at] = to;
      for (let i = 0; i < width; i++) next.push(0);
      prefixHints.push(0);
      exactHints.push(0);
    }
    state = to;
  }
  (isPrefix ? prefixHints : exactHints)[state] = hints;
}
for (const [pattern, hints] of rules) addRule(pattern, hints);
const steps = Uint16Array.from(next);
const prefixes = Uint16Array.from(prefixHints);
const exacts = Uint16Array.from(exactHints);

/** The hints of an attribute's key. */
export function hintOfKey(key: string): number {
  let state = 1;
  let hints = 0;
  for (let i = 0; i < key.length; i++) {
    state = steps[state * width + (classOf[key.charCodeAt(i)] ?? 0)] ?? 0;
    if (state === 0) return hints;
    hints = prefixes[state] || hints;
  }
  return exacts[state] || hints;
}

/** The hints of the key whose UTF-8 bytes are bytes[offset, offset + length), without making a string of them. */
export function hintOfKeyBytes(bytes: Uint8Array, offset: number, length: number): number {
  let state = 1;
  let hints = 0;
  const end = offset + length;
  for (let i = offset; i < end; i++) {
    state = steps[state * width + (classOf[bytes[i] ?? 0] ?? 0)] ?? 0;
    if (state === 0) return hints;
    hints = prefixes[state] || hints;
  }
  return exacts[state] || hints;
}
