import { StatusCode } from '../../../src/core/model/span';
import { SpanKind } from '../../../src/core/model/span';
import type { Category } from '../../../src/core/semantics/category';
import type { SpanTable } from '../../../src/core/tree/spanTable';
import { spanTable, type SpanRow } from '../../fixtures/traces';

const operations: readonly (readonly [name: string, service: string, category: Category, kind: SpanKind])[] =
  [
    ['POST /checkout', 'gateway', 'gateway', SpanKind.Server],
    ['authenticate', 'auth', 'auth', SpanKind.Internal],
    ['GET /cart/{id}', 'cart', 'http', SpanKind.Client],
    ['SELECT carts', 'cart', 'database', SpanKind.Client],
    ['price', 'pricing', 'runtime', SpanKind.Internal],
    ['SELECT products WHERE sku = ?', 'inventory', 'database', SpanKind.Client],
    ['orders publish', 'orders', 'messaging', SpanKind.Producer],
    ['charge', 'payments', 'rpc', SpanKind.Client],
    ['put invoice.pdf', 'billing', 'storage', SpanKind.Client],
    ['send mail', 'mailer', 'job', SpanKind.Consumer],
    ['chat gpt', 'assistant', 'genai', SpanKind.Client],
    ['audit', 'audit', 'custom', SpanKind.Internal],
  ];

/**
 * A trace of `count` spans, the same every time: a fan of requests that nest up to a dozen deep, over twelve services,
 * with an error in every 97th span.
 */
export function generatedTrace(count: number): SpanTable {
  const random = lcg(42);
  const rows: SpanRow[] = [];
  const path: SpanRow[] = [];
  for (let id = 1; id <= count; id++) {
    while (path.length > 1 && (path.length > 12 || random() < 0.42)) path.pop();
    const parent = path.at(-1);
    const [name, service, category, kind] =
      operations[parent ? 1 + Math.floor(random() * 11) : 0] ?? operations[0]!;
    const start = parent ? parent.start + parent.duration * (id / (count + 1)) * (0.2 + 0.6 * random()) : 0;
    const row: SpanRow = {
      name,
      id,
      parentId: parent?.id ?? 0,
      start: Math.round(start),
      duration: parent
        ? Math.round((parent.start + parent.duration - start) * (0.1 + 0.8 * random()))
        : 2.5e9,
      service,
      kind,
      category,
      status: id % 97 === 0 ? StatusCode.Error : StatusCode.Unset,
    };
    rows.push(row);
    path.push(row);
  }
  return spanTable(rows);
}

/** A linear congruential generator (Numerical Recipes): every run sees the same trace. */
function lcg(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
