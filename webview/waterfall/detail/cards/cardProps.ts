import type { AttributeReader } from '../../../../src/core/semantics/attributeReader';
import type { SpanDetail } from '../../../../src/protocol/spanDetail';
import type { WaterfallModel } from '../../model/waterfallModel';
import type { BacklinkLoader } from '../links/backlinkLoader';

/** What the card of a category is made of. */
export interface CardProps {
  readonly model: WaterfallModel;
  readonly row: number;
  readonly span: SpanDetail;
  /** Those of the span. */
  readonly attributes: AttributeReader;
  /** ns */
  readonly duration: number;
  readonly backlinks: BacklinkLoader;
}
