import assert from 'node:assert/strict';
import { encodeRpcStatus, rpcStatusToJson, type RpcStatus } from '../../../src/otlp/rpcStatus';
import { readRpcStatus } from './support/readRpcStatus';

describe('google.rpc.Status', () => {
  const cases: { title: string; status: RpcStatus; json: unknown }[] = [
    {
      title: 'without details',
      status: { code: 5, message: 'no "such" path' },
      json: { code: 5, message: 'no "such" path' },
    },
    {
      title: 'with what of the request is wrong (BadRequest)',
      status: {
        code: 3,
        message: 'bad',
        violation: { field: 'resourceSpans[0].resource', description: 'expected an object' },
      },
      json: {
        code: 3,
        message: 'bad',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            fieldViolations: [{ field: 'resourceSpans[0].resource', description: 'expected an object' }],
          },
        ],
      },
    },
    {
      title: 'where all of the request is wrong',
      status: { code: 3, message: 'bad', violation: { field: '', description: 'no JSON' } },
      json: {
        code: 3,
        message: 'bad',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            fieldViolations: [{ field: '', description: 'no JSON' }],
          },
        ],
      },
    },
    {
      title: 'with the time to wait (RetryInfo)',
      status: { code: 14, message: 'later', retryAfterSeconds: 300 },
      json: {
        code: 14,
        message: 'later',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '300s' }],
      },
    },
  ];
  for (const { title, status, json } of cases)
    it(`${title} is in protobuf and JSON what its schema says`, () => {
      assert.deepEqual(readRpcStatus(encodeRpcStatus(status)), status);
      assert.deepEqual(JSON.parse(rpcStatusToJson(status)), json);
    });
});
