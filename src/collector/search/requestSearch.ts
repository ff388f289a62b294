import { createSpanBatch, shallowDecode } from '../../otlp/shallowDecode';
import { decodeResource, decodeScope, decodeSpan } from '../../otlp/decodeSpan';
import { MalformedProtobufError } from '../../otlp/malformedProtobufError';
import type { SpanBatch } from '../../otlp/spanBatch';
import { hasAttribute, type AttributeQuery } from './attributeQuery';
import { rowAt } from './rowAt';

/** Finds the spans of a request that an attribute query matches: by their own attributes, their resource's or scope's. */
export class RequestSearch {
  /** The request that was opened last. */
  readonly batch: SpanBatch = createSpanBatch(1024);
  /** Which groups of the batch match as a whole. */
  private groups: readonly boolean[] = [];

  constructor(private readonly query: AttributeQuery) {}

  /**
   * Decodes `request` into `batch` and answers the rows that may match, last first. `hits`, ascending, are the places
   * in `request` where bytes of the query stand.
   */
  open(request: Uint8Array, hits: readonly number[]): number[] {
    const { batch } = this;
    try {
      shallowDecode(request, batch);
    } catch (error) {
      // Damage that was stepped over when the journal was opened.
      if (error instanceof MalformedProtobufError) return [];
      throw error;
    }
    const around = hits.map(hit => rowAt(batch, hit));
    const rows = new Set(around.filter(row => row !== undefined));
    this.groups = around.includes(undefined) ? this.matchingGroups() : [];
    if (!this.groups.includes(true)) return [...rows].reverse();
    const all: number[] = [];
    for (let row = batch.count - 1; row >= 0; row--) {
      if (this.isOfMatchingGroup(row) || rows.has(row)) all.push(row);
    }
    return all;
  }

  /** Whether a row that `open` answered does match. */
  matches(row: number): boolean {
    if (this.isOfMatchingGroup(row)) return true;
    const { bytes, offset, length } = this.batch;
    const start = offset[row] ?? 0;
    const span = decodeSpan(bytes.subarray(start, start + (length[row] ?? 0)));
    return hasAttribute(span.attributes, this.query);
  }

  private isOfMatchingGroup(row: number): boolean {
    return this.groups[this.batch.group[row] ?? 0] === true;
  }

  private matchingGroups(): boolean[] {
    const { query } = this;
    return this.batch.groups.map(
      ({ resource, scope }) =>
        hasAttribute(decodeResource(resource).attributes, query) ||
        hasAttribute(decodeScope(scope).attributes, query),
    );
  }
}
