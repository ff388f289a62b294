import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/client/connection';
import { decodeSpanValues } from '../../../../src/core/columns/decodeSpanValues';
import { CollectorHere } from './collectorHere';

const traceId = '0af7651916cd43dd8448eb211c80319c';

describe('questions about the spans of a trace, on the socket', () => {
  let here: CollectorHere;
  let connection: Connection;

  before(async () => {
    here = new CollectorHere();
    await here.open();
    connection = await here.connect();
    const span = (spanId: string, name: string, tenant: string) => ({
      traceId,
      spanId,
      name,
      startTimeUnixNano: '1760000000000000000',
      endTimeUnixNano: '1760000000000001000',
      attributes: [{ key: 'tenant.id', value: { stringValue: tenant } }],
    });
    const spans = [
      span('b7ad6b7169203331', 'GET /cart', 'acme'),
      span('b7ad6b7169203332', 'price', 'umbrella'),
    ];
    await here.receive(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
  });
  after(async () => {
    connection.close();
    await here.remove();
  });

  it('bring values with their bytes', async () => {
    const { result, body } = await connection.request('spanValues', {
      traceId,
      keys: ['tenant.id'],
      scope: 'any',
    });
    assert.deepEqual(result, { spans: 2, cut: 0 });
    const values = decodeSpanValues(new Uint8Array(body).buffer);
    assert.deepEqual(values.strings, ['acme', 'umbrella']);
    assert.deepEqual([...values.spanIdLow], [0x69203331, 0x69203332]);
  });

  it('bring keys', async () => {
    const { result } = await connection.request('attributeKeys', { traceId });
    assert.deepEqual(result, { keys: [{ key: 'tenant.id', scope: 'span', spans: 2 }], more: 0 });
  });

  it('bring the ids of spans with a text', async () => {
    const { result, body } = await connection.request('spansWithText', { traceId, text: 'CART' });
    assert.equal(result.spans, 1);
    assert.deepEqual([...new Uint32Array(new Uint8Array(body).buffer)], [0xb7ad6b71, 0x69203331]);
  });

  it('fail for a trace that is not there, and for an intrinsic that nobody knows', async () => {
    await assert.rejects(
      connection.request('attributeKeys', { traceId: 'ab'.repeat(16) }),
      /There is no trace abab/,
    );
    await assert.rejects(
      connection.request('spanValues', { traceId, keys: ['kind'], scope: 'intrinsic' }),
      /no intrinsic kind/,
    );
  });
});
