import fc from 'fast-check';
import { spanTable, testBase, type SpanRow } from '../../../../fixtures/traces';
import { categories } from '../../../../../src/core/semantics/category';

const ms = 1e6;

/**
 * Spans as no program should send them: parents at random (cycles, missing ones, the span itself), services, kinds and
 * times at random, negative durations, unknown starts. Span ids are unique, as the store keeps them.
 */
export const anyRows = fc
  .array(
    fc.record({
      // Few distinct times, so that spans often start and end together. The last one is an unknown start.
      start: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }).map(start => start * ms) },
        { weight: 3, arbitrary: fc.integer({ min: 0, max: 1e10 }) },
        { weight: 1, arbitrary: fc.constant(-Number(testBase)) },
      ),
      duration: fc.oneof(
        fc.integer({ min: 0, max: 12 }).map(length => length * ms),
        fc.integer({ min: -3, max: 1e9 }),
      ),
      parent: fc.nat({ max: 40 }),
      service: fc.constantFrom('cart', 'shop', 'stock'),
      kind: fc.nat({ max: 6 }),
      status: fc.nat({ max: 3 }),
      category: fc.constantFrom(...categories),
      name: fc.constantFrom('GET /', 'authenticate', 'rate limit', 'SELECT 1', 'send'),
      features: fc.nat({ max: 31 }),
    }),
    { maxLength: 30 },
  )
  .map(spans => spans.map((span, i): SpanRow => ({ ...span, id: i + 1, parentId: span.parent })));

export const anyTable = anyRows.map(rows => spanTable(rows));
