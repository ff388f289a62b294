import * as fc from 'fast-check';
import type { AttributeValue, KeyValue } from '../../../../src/core/model/attributes';
import { parseSpanId, parseTraceId } from '../../../../src/core/model/ids';
import { nanoseconds } from '../../../../src/core/model/nanoseconds';
import type { Resource, Scope } from '../../../../src/core/model/span';

/** fast-check makes some records without a prototype, which deepEqual tells apart. */
export function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

export const text = fc.string({ unit: 'binary', maxLength: 200 });
export const uint32 = fc.nat({ max: 0xffff_ffff });
export const enumeration = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
);
export const nanos = fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }).map(nanoseconds);
export const count = fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, uint32);

function hexDigits(length: number): fc.Arbitrary<string> {
  return fc
    .uint8Array({ minLength: length, maxLength: length })
    .filter(bytes => bytes.some(byte => byte !== 0))
    .map(bytes => Buffer.from(bytes).toString('hex'));
}

export const traceId = hexDigits(16).map(digits => parseTraceId(digits)!);
export const spanId = hexDigits(8).map(digits => parseSpanId(digits)!);

const key = fc.oneof(
  text,
  fc.constantFrom(
    'http.method',
    'http.route',
    'url.full',
    'db.system.name',
    'messaging.system',
    'rpc.system',
    'gen_ai.system',
    'function.name',
    'job.id',
    'auth.result',
    'aws.s3.bucket',
    'rate_limit.limit',
    'code.filepath',
    'causeway.category',
  ),
);

export const { value } = fc.letrec<{ value: AttributeValue; entry: KeyValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.oneof(
      text,
      fc.constantFrom('database', 'job', 'nonsense'),
      fc.boolean(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.integer().map(BigInt),
      fc.double(),
      fc.uint8Array({ maxLength: 300 }),
      fc.constant(null),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(tie('entry'), { maxLength: 4 }).map(entries => ({ entries })),
  ),
  entry: record({ key, value: tie('value') }),
}));

export const attributes = fc.array(record({ key, value }), { maxLength: 6 });

export const resource: fc.Arbitrary<Resource> = record({
  attributes: fc.oneof(
    attributes,
    text.map(name => [{ key: 'service.name', value: name }]),
  ),
  droppedAttributesCount: count,
});

export const scope: fc.Arbitrary<Scope> = record({
  name: text,
  version: text,
  attributes,
  droppedAttributesCount: count,
});
