import { attribute } from '../model/attributes';
import type { Span } from '../model/span';
import { CategoryHint, hintOfKey } from './categoryHint';
import { categoryIndex, categoryOf } from './categoryOf';

/** The category (index into `categories`) of a decoded span, as it tells it by itself: see categoryOf. */
export function spanCategory(span: Pick<Span, 'attributes' | 'kind'>): number {
  let hints = 0;
  for (const { key } of span.attributes) hints |= hintOfKey(key);
  if (hints & CategoryHint.Override) {
    const override = attribute(span.attributes, 'causeway.category');
    const index = typeof override === 'string' ? categoryIndex(override) : -1;
    if (index >= 0) return index;
  }
  return categoryOf(hints, span.kind);
}
