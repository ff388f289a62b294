import type { Span } from '../model/span';
import { SpanFeature } from '../tree/spanTable';
import { CategoryHint, hintOfKey } from './categoryHint';

/** The bits of SpanFeature of a decoded span. */
export function spanFeatures(span: Span): number {
  let features = 0;
  if (span.events.length > 0) features |= SpanFeature.Events;
  if (span.events.some(event => event.name === 'exception')) features |= SpanFeature.Exception;
  if (span.links.length > 0) features |= SpanFeature.Links;
  if (span.attributes.some(({ key }) => hintOfKey(key) & CategoryHint.Code)) features |= SpanFeature.Code;
  if (span.droppedAttributesCount || span.droppedEventsCount || span.droppedLinksCount) {
    features |= SpanFeature.Dropped;
  }
  return features;
}
