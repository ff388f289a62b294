import type { RejectedLogRecords } from '../../otlp/logBatch';
import type { RejectedSpans } from '../../otlp/spanBatch';

/** Items of a request that are left out, of whatever signal. */
export type Rejected = RejectedSpans | RejectedLogRecords;
