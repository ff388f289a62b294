import { SpanKind } from '../model/span';
import { categories, type Category } from '../semantics/category';
import type { SpanTable } from './spanTable';
import type { TreeOrder } from './treeOrder';

const numberOf = (category: Category): number => categories.indexOf(category);
const custom = numberOf('custom');
const gateway = numberOf('gateway');
const auth = numberOf('auth');

/** As plain numbers: a span may carry kinds that SpanKind does not know yet. */
const server: number = SpanKind.Server;
const internal: number = SpanKind.Internal;
const unspecified: number = SpanKind.Unspecified;

/**
 * The categories in tree order, by table category and what the tree knows:
 *
 * - A Server span is a gateway where a request enters a service: without a parent in the trace, or with one in another
 *   service. Below a span of its own service (a framework's second span for the same request) it is `custom`.
 * - A direct child of a gateway in the same service that tells nothing else by itself (`custom`, and neither an
 *   outbound call nor a message) is part of the gateway where its name says so: auth, or rate limit, route, middleware.
 */
export function refineCategories(table: SpanTable, { source, parent }: TreeOrder): Uint8Array {
  const { count, service, kind, name, strings } = table;
  const refined = new Uint8Array(count);
  const byName = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    const of = source[row] ?? 0;
    const above = parent[row] ?? -1;
    const spanKind = kind[of] ?? 0;
    let category = table.category[of] ?? custom;
    if (above >= 0 && service[source[above] ?? 0] === service[of]) {
      if (category === gateway && spanKind === server) category = custom;
      const isStep = spanKind === internal || spanKind === unspecified || spanKind === server;
      if (category === custom && isStep && refined[above] === gateway) {
        const text = name[of] ?? 0;
        let told = byName.get(text);
        if (told === undefined) byName.set(text, (told = categoryOfStep(strings[text] ?? '')));
        category = told;
      }
    }
    refined[row] = category;
  }
  return refined;
}

const authWords = new Set(
  'auth authn authz oauth oauth2 jwt authenticate authenticated authentication authenticator authorize authorise authorized authorised authorization authorisation authorizer'.split(
    ' ',
  ),
);
const gatewayWords = new Set('route router routing middleware ratelimit ratelimiter ratelimiting'.split(' '));

/** No name that says what it is is longer; the rest of a hostile one is not read. */
const longestName = 200;

/** What the name of a step of a gateway says it does: whole words only, so that `GET /authors` is not auth. */
function categoryOfStep(name: string): number {
  const words = name
    .slice(0, longestName)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  if (words.some(word => authWords.has(word))) return auth;
  if (words.some(word => gatewayWords.has(word))) return gateway;
  const isRateLimit = words.some((word, i) => word === 'rate' && (words[i + 1] ?? '').startsWith('limit'));
  return isRateLimit ? gateway : custom;
}
