import assert from 'node:assert/strict';
import type { AttributeValue } from '../../../../../src/core/model/attributes';
import type { AttributeReader } from '../../../../../src/core/semantics/attributeReader';
import { authFacts } from '../../../../../src/core/semantics/facts/authFacts';
import { databaseFacts } from '../../../../../src/core/semantics/facts/databaseFacts';
import { gatewayFacts } from '../../../../../src/core/semantics/facts/gatewayFacts';
import { httpFacts } from '../../../../../src/core/semantics/facts/httpFacts';
import { jobFacts } from '../../../../../src/core/semantics/facts/jobFacts';
import { messagingFacts } from '../../../../../src/core/semantics/facts/messagingFacts';
import { rpcFacts } from '../../../../../src/core/semantics/facts/rpcFacts';
import { runtimeFacts } from '../../../../../src/core/semantics/facts/runtimeFacts';
import { storageFacts } from '../../../../../src/core/semantics/facts/storageFacts';
import { known, reading } from '../support/attributes';

interface Case {
  readonly title: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

function describeFacts(
  title: string,
  facts: (attributes: AttributeReader) => object,
  cases: readonly Case[],
): void {
  describe(`the facts of ${title}`, () => {
    for (const { title, attributes, expected } of cases)
      it(`are read from ${title}`, () => assert.deepEqual(known(facts(reading(attributes))), expected));
    it('are none where nothing is recorded', () => assert.deepEqual(known(facts(reading({}))), {}));
  });
}

describeFacts('a database call', databaseFacts, [
  {
    title: 'the stable conventions',
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': 'shop',
      'db.collection.name': 'orders',
      'db.operation.name': 'SELECT',
      'db.query.text': 'SELECT * FROM orders WHERE id = $1',
      'db.query.parameter.0': 77n,
      'db.query.parameter.state': 'paid',
      'db.response.returned_rows': 3n,
      'db.operation.batch.size': 2n,
      'db.response.status_code': '40001',
      'server.address': 'db.internal',
      'server.port': 5432n,
    },
    expected: {
      system: 'postgresql',
      namespace: 'shop',
      collection: 'orders',
      operation: 'SELECT',
      statement: 'SELECT * FROM orders WHERE id = $1',
      parameters: [
        { name: '0', text: '77' },
        { name: 'state', text: 'paid' },
      ],
      returnedRows: 3,
      batchSize: 2,
      responseStatus: '40001',
      server: 'db.internal:5432',
    },
  },
  {
    title: 'the older conventions',
    attributes: {
      'db.system': 'mysql',
      'db.name': 'shop',
      'db.sql.table': 'orders',
      'db.operation': 'UPDATE',
      'db.statement': 'UPDATE orders SET state = ?',
      'db.rows_affected': '4',
      'db.user': 'app',
      'net.peer.name': 'db',
      'net.peer.port': 3306n,
    },
    expected: {
      system: 'mysql',
      namespace: 'shop',
      collection: 'orders',
      operation: 'UPDATE',
      statement: 'UPDATE orders SET state = ?',
      affectedRows: 4,
      server: 'db:3306',
      user: 'app',
    },
  },
  {
    title: 'the stable name where both are there',
    attributes: { 'db.statement': 'old', 'db.query.text': 'new', 'db.system': 'a', 'db.system.name': 'b' },
    expected: { system: 'b', statement: 'new' },
  },
  {
    title: 'parameters that came as a list',
    attributes: { 'db.postgresql.values': ['a', '2'] },
    expected: {
      parameters: [
        { name: '0', text: 'a' },
        { name: '1', text: '2' },
      ],
    },
  },
  {
    title: 'parameters that came as JSON',
    attributes: { 'db.statement.parameters': '{"id": 7, "name": "x", "tags": ["a"]}' },
    expected: {
      parameters: [
        { name: 'id', text: '7' },
        { name: 'name', text: 'x' },
        { name: 'tags', text: '["a"]' },
      ],
    },
  },
  {
    title: 'parameters that are no JSON after all',
    attributes: { 'db.sql.parameters': '[1, 2' },
    expected: { parameters: [{ name: '0', text: '[1, 2' }] },
  },
  {
    title: 'a server that is an IPv6 address',
    attributes: { 'server.address': '::1', 'server.port': 5432n },
    expected: { server: '[::1]:5432' },
  },
]);

describeFacts('an HTTP request', httpFacts, [
  {
    title: 'the stable conventions',
    attributes: {
      'http.request.method': 'POST',
      'url.full': 'https://pay.example/charge?x=1',
      'http.response.status_code': 503n,
      'http.request.resend_count': 2n,
      'http.request.timeout_ms': 1500n,
      'error.type': 'TimeoutError',
      'network.protocol.version': '1.1',
      'http.request.header.content-type': ['application/json'],
      'http.response.header.retry-after': ['30'],
      'http.request.body': '{"a":1}',
      'http.response.body.size': 120n,
      'user_agent.original': 'node',
    },
    expected: {
      method: 'POST',
      url: 'https://pay.example/charge?x=1',
      status: 503,
      resends: 2,
      timeout: '1500 ms',
      timedOut: true,
      errorType: 'TimeoutError',
      protocol: '1.1',
      requestHeaders: [{ name: 'content-type', text: 'application/json' }],
      responseHeaders: [{ name: 'retry-after', text: '30' }],
      requestBody: '{"a":1}',
      responseSize: 120,
      userAgent: 'node',
    },
  },
  {
    title: 'the older conventions',
    attributes: {
      'http.method': 'GET',
      'http.scheme': 'http',
      'http.host': 'stock:8080',
      'http.target': '/items?sku=1',
      'http.status_code': 200n,
      'http.flavor': '1.1',
      'http.request.header.content_type': ['text/plain'],
      'http.response_content_length': 12n,
      'http.user_agent': 'curl',
    },
    expected: {
      method: 'GET',
      url: 'http://stock:8080/items?sku=1',
      status: 200,
      protocol: '1.1',
      requestHeaders: [{ name: 'content-type', text: 'text/plain' }],
      responseSize: 12,
      userAgent: 'curl',
    },
  },
  {
    title: 'the parts of a URL',
    attributes: { 'url.scheme': 'https', 'server.address': 'a', 'url.path': '/p', 'url.query': 'q=1' },
    expected: { url: 'https://a/p?q=1', server: 'a' },
  },
  {
    title: 'a method that has no standard name',
    attributes: { 'http.request.method': '_OTHER', 'http.request.method_original': 'BREW' },
    expected: { method: 'BREW' },
  },
  { title: 'a path without a host', attributes: { 'url.path': '/p' }, expected: { url: '/p' } },
  {
    title: 'an error that is no time-out',
    attributes: { 'error.type': 'ECONNREFUSED' },
    expected: { errorType: 'ECONNREFUSED' },
  },
  ...['ETIMEDOUT', 'timeout', 'DEADLINE_EXCEEDED', 'timed_out', 'java.net.SocketTimeoutException'].map(
    type => ({
      title: `the time-out ${type}`,
      attributes: { 'error.type': type },
      expected: { errorType: type, timedOut: true },
    }),
  ),
]);

describeFacts('an entry point', gatewayFacts, [
  {
    title: 'route, caller and decisions',
    attributes: {
      'http.route': '/orders/:id',
      request_id: 'r-1',
      'client.address': '10.0.0.1',
      'auth.method': 'api-key',
      'auth.result': 'allowed',
      'tenant.id': 't-1',
      'enduser.id': 'u-1',
      'rate_limit.limit': 60n,
      'rate_limit.remaining': 59n,
    },
    expected: {
      route: '/orders/:id',
      requestId: 'r-1',
      client: '10.0.0.1',
      authMethod: 'api-key',
      authResult: 'allowed',
      tenant: 't-1',
      user: 'u-1',
      rateLimit: { limit: 60, remaining: 59, reset: undefined, result: undefined, policy: undefined },
    },
  },
  {
    title: 'a decision that is yes or no',
    attributes: { 'rate_limit.exceeded': true, 'http.request.header.x-request-id': ['r-2'] },
    expected: {
      requestId: 'r-2',
      rateLimit: {
        limit: undefined,
        remaining: undefined,
        reset: undefined,
        result: 'exceeded',
        policy: undefined,
      },
    },
  },
]);

describeFacts('a message', messagingFacts, [
  {
    title: 'the newer conventions',
    attributes: {
      'messaging.system': 'kafka',
      'messaging.destination.name': 'orders',
      'messaging.operation.name': 'publish',
      'messaging.operation.type': 'send',
      'messaging.message.id': 'm-1',
      'messaging.consumer.group.name': 'mailers',
      'messaging.destination.partition.id': '3',
      'messaging.kafka.offset': 12n,
      'messaging.message.body.size': 100n,
      'messaging.message.body': '{}',
    },
    expected: {
      system: 'kafka',
      destination: 'orders',
      operation: 'publish',
      messageId: 'm-1',
      consumerGroup: 'mailers',
      partition: '3',
      offset: '12',
      bodySize: 100,
      body: '{}',
    },
  },
  {
    title: 'the older conventions',
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.destination': 'orders',
      'messaging.operation': 'process',
      'messaging.message_id': 'm-1',
      'messaging.conversation_id': 'c-1',
      'messaging.rabbitmq.routing_key': 'key',
      'messaging.message_payload_size_bytes': 7n,
    },
    expected: {
      system: 'rabbitmq',
      destination: 'orders',
      operation: 'process',
      messageId: 'm-1',
      conversationId: 'c-1',
      routingKey: 'key',
      bodySize: 7,
    },
  },
]);

describeFacts('a job', jobFacts, [
  {
    title: 'its own names',
    attributes: {
      'job.name': 'sendMail',
      'job.id': 'j-1',
      'job.state': 'retrying',
      'job.attempt': 2n,
      'job.max_attempts': 5n,
      'job.queue': 'mail',
      'job.payload': '{"to":"a"}',
    },
    expected: {
      name: 'sendMail',
      id: 'j-1',
      state: 'retrying',
      attempt: '2 of 5',
      queue: 'mail',
      payload: '{"to":"a"}',
    },
  },
  {
    title: 'those of Celery and of the message it came by',
    attributes: {
      'celery.task_name': 'app.mail',
      'celery.state': 'SUCCESS',
      'celery.retries': 1n,
      'messaging.message.id': 'm-1',
      'messaging.destination.name': 'celery',
    },
    expected: { name: 'app.mail', state: 'SUCCESS', attempt: '1', id: 'm-1', queue: 'celery' },
  },
]);

describeFacts('a function', runtimeFacts, [
  {
    title: 'the stable conventions',
    attributes: {
      'function.name': 'charge',
      'faas.version': '3',
      'faas.invocation_id': 'i-1',
      'faas.trigger': 'http',
      'faas.coldstart': true,
    },
    expected: { name: 'charge', version: '3', invocationId: 'i-1', trigger: 'http', coldStart: true },
  },
  {
    title: 'the older names of code',
    attributes: { 'code.namespace': 'Cart', 'code.function': 'load', 'faas.execution': 'i-2' },
    expected: { name: 'Cart.load', invocationId: 'i-2' },
  },
]);

describeFacts('a remote procedure call', rpcFacts, [
  {
    title: 'a gRPC status by its name',
    attributes: {
      'rpc.system': 'grpc',
      'rpc.service': 'bank.Gateway',
      'rpc.method': 'Authorize',
      'rpc.grpc.status_code': 5n,
      'rpc.grpc.request.metadata.x-id': ['1'],
    },
    expected: {
      system: 'grpc',
      service: 'bank.Gateway',
      method: 'Authorize',
      status: '5 NOT_FOUND',
      requestMetadata: [{ name: 'x-id', text: '1' }],
    },
  },
  {
    title: 'a code that gRPC does not know',
    attributes: { 'rpc.grpc.status_code': 99n },
    expected: { status: '99' },
  },
  {
    title: 'another system',
    attributes: {
      'rpc.system.name': 'jsonrpc',
      'rpc.jsonrpc.error_code': -32601n,
      'rpc.jsonrpc.error_message': 'no',
    },
    expected: { system: 'jsonrpc', status: '-32601', errorMessage: 'no' },
  },
]);

describeFacts('an object store', storageFacts, [
  {
    title: 'its own names',
    attributes: { 'storage.operation': 'put', 'storage.bucket': 'b', 'storage.key': 'k', 'storage.size': 9n },
    expected: { operation: 'put', bucket: 'b', key: 'k', size: 9 },
  },
  {
    title: 'those of S3',
    attributes: { 'rpc.service': 'S3', 'rpc.method': 'GetObject', 'aws.s3.bucket': 'b', 'aws.s3.key': 'k' },
    expected: { system: 'S3', operation: 'GetObject', bucket: 'b', key: 'k' },
  },
]);

describeFacts('an authentication', authFacts, [
  {
    title: 'its own names',
    attributes: {
      'auth.method': 'jwt',
      'auth.result': 'denied',
      'auth.reason': 'expired',
      'user.roles': ['a', 'b'],
    },
    expected: { method: 'jwt', result: 'denied', reason: 'expired', roles: 'a, b' },
  },
  {
    title: 'the older names of the user',
    attributes: { 'enduser.id': 'u', 'enduser.scope': 'read', 'enduser.role': 'admin' },
    expected: { user: 'u', scopes: 'read', roles: 'admin' },
  },
]);
