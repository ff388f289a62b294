import { unknownService } from '../core/semantics/serviceName';
import type { ItemGroup } from './itemGroup';
import { joinRanges, type ByteRange } from './joinRanges';
import { MalformedProtobufError } from './malformedProtobufError';
import type { MessageScanner } from './messageScanner';
import { ProtobufReader } from './protobufReader';
import { serviceOf } from './serviceOf';

const noBytes = new Uint8Array(0);

/**
 * Walks through an export request down to its items (spans, log records): by resource, then by scope. The requests of
 * all signals have the same field numbers down to there.
 */
export abstract class RequestDecoder {
  private readonly reader: ProtobufReader;

  /** `groups`: filled, and emptied where the request turns out to be malformed. */
  constructor(
    protected readonly bytes: Uint8Array,
    private readonly groups: ItemGroup[],
    private readonly contexts: MessageScanner,
  ) {
    this.reader = new ProtobufReader(bytes);
  }

  /** Takes the message in bytes[start, end), which belongs to group number `group`; answers whether it is kept. */
  protected abstract item(start: number, end: number, group: number): boolean;

  /** Throws MalformedProtobufError where the framing, a Resource or an InstrumentationScope is malformed. */
  request(): void {
    const { reader } = this;
    try {
      for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
        if (tag === 0x0a) this.byResource();
        else reader.skip(tag);
      }
    } catch (error) {
      this.groups.length = 0;
      throw error;
    }
  }

  private byResource(): void {
    const { reader, groups } = this;
    const outerEnd = reader.enter();
    const firstGroup = groups.length;
    const resources: ByteRange[] = [];
    let schemaUrl = '';
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === 0x0a) resources.push({ start: reader.stepOver(), end: reader.offset });
      else if (tag === 0x12) this.byScope();
      else if (tag === 0x1a) schemaUrl = reader.string();
      else reader.skip(tag);
    }
    reader.leave(outerEnd);
    // Fields may come in any order: the resource of these groups is known only now.
    const resource = joinRanges(this.bytes, resources);
    const service = serviceOf(resource);
    for (const group of groups.slice(firstGroup)) {
      group.resource = resource;
      group.resourceSchemaUrl = schemaUrl;
      group.service = service;
    }
  }

  private byScope(): void {
    const { reader, groups } = this;
    const outerEnd = reader.enter();
    const group = groups.length;
    let isEmpty = true;
    const scopes: ByteRange[] = [];
    let schemaUrl = '';
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === 0x12) {
        if (this.item(reader.stepOver(), reader.offset, group)) isEmpty = false;
      } else if (tag === 0x0a) {
        const start = reader.stepOver();
        if (!this.contexts.scope(start, reader.offset))
          throw new MalformedProtobufError('malformed scope', start);
        scopes.push({ start, end: reader.offset });
      } else if (tag === 0x1a) schemaUrl = reader.string();
      else reader.skip(tag);
    }
    reader.leave(outerEnd);
    // A group without items would cost memory and tell nothing.
    if (isEmpty) return;
    groups.push({
      resource: noBytes,
      resourceSchemaUrl: '',
      scope: joinRanges(this.bytes, scopes),
      scopeSchemaUrl: schemaUrl,
      service: unknownService,
    });
  }
}
