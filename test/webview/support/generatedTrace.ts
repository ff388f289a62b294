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
 * `mixed`: a fan of requests that nest up to a dozen deep. `deep`: each span is the only child of the one before it.
 * `wide`: all are children of the root, one after the other, in runs of 40 that do the same.
 */
export type TraceShape = 'mixed' | 'deep' | 'wide';

export const traceShapes: readonly TraceShape[] = ['mixed', 'deep', 'wide'];

/** A trace of `count` spans, the same every time, over twelve services, with an error in every 97th span. */
export function generatedTrace(count: number, shape: TraceShape = 'mixed'): SpanTable {
  const random = lcg(42);
  const place = placers[shape](count, random);
  const rows: SpanRow[] = [];
  for (let id = 1; id <= count; id++) {
    const placed = place(id);
    const [name, service, category, kind] = operations[placed.operation] ?? operations[0]!;
    rows.push({
      name,
      id,
      parentId: placed.parent,
      start: placed.start,
      duration: placed.duration,
      service,
      kind,
      category,
      status: id % 97 === 0 ? StatusCode.Error : StatusCode.Unset,
    });
  }
  return spanTable(rows);
}

/** Where a span lies: its parent's id (0: none), its times, and the place of what it does in `operations`. */
interface Placed {
  readonly parent: number;
  readonly operation: number;
  readonly start: number;
  readonly duration: number;
}

const whole = 2.5e9;
const sameInARow = 40;

/** Each returns the place of the span with an id; it is asked for them in order, from 1. */
const placers: Readonly<Record<TraceShape, (count: number, random: () => number) => (id: number) => Placed>> =
  {
    mixed: (count, random) => {
      const path: (Placed & { readonly id: number })[] = [];
      return id => {
        while (path.length > 1 && (path.length > 12 || random() < 0.42)) path.pop();
        const parent = path.at(-1);
        const operation = parent ? 1 + Math.floor(random() * 11) : 0;
        const start = parent
          ? parent.start + parent.duration * (id / (count + 1)) * (0.2 + 0.6 * random())
          : 0;
        const duration = parent
          ? Math.round((parent.start + parent.duration - start) * (0.1 + 0.8 * random()))
          : whole;
        const placed = { id, parent: parent?.id ?? 0, operation, start: Math.round(start), duration };
        path.push(placed);
        return placed;
      };
    },
    deep: count => {
      const step = Math.max(1, Math.floor(whole / (3 * count)));
      return id => ({
        parent: id - 1,
        // Not the Consumer: nobody waits for one, so the critical path would end there.
        operation: id === 1 ? 0 : 1 + (id % 8),
        start: (id - 1) * step,
        duration: whole - 2 * (id - 1) * step,
      });
    },
    wide: (count, random) => {
      const step = whole / count;
      return id =>
        id === 1
          ? { parent: 0, operation: 0, start: 0, duration: whole }
          : {
              parent: 1,
              operation: 1 + (Math.floor(id / sameInARow) % 11),
              start: Math.round((id - 2) * step),
              duration: Math.round(step * (0.3 + 0.6 * random())),
            };
    },
  };

/** A linear congruential generator (Numerical Recipes): every run sees the same trace. */
function lcg(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
