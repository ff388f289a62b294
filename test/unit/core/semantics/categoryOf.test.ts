import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { SpanKind } from '../../../../src/core/model/span';
import { categories, type Category } from '../../../../src/core/semantics/category';
import { CategoryHint, hintOfKey, hintOfKeyBytes } from '../../../../src/core/semantics/categoryHint';
import { categoryIndex } from '../../../../src/core/semantics/categoryOf';
import { spanCategory } from '../../../../src/core/semantics/spanCategory';

function categoryOfKeys(kind: number, ...keys: string[]): Category | undefined {
  return categories[spanCategory({ kind, attributes: keys.map(key => ({ key, value: 'x' })) })];
}

describe('the category of a span', () => {
  const cases: { category: Category; kind: number; keys: string[]; because: string }[] = [
    {
      category: 'gateway',
      kind: SpanKind.Server,
      keys: ['http.request.method', 'url.path'],
      because: 'it is a Server span',
    },
    {
      category: 'gateway',
      kind: SpanKind.Server,
      keys: ['rpc.system'],
      because: 'a Server span is one whatever it speaks',
    },
    {
      category: 'gateway',
      kind: SpanKind.Internal,
      keys: ['express.type', 'http.route'],
      because: 'it routes',
    },
    {
      category: 'gateway',
      kind: SpanKind.Internal,
      keys: ['rate_limit.remaining'],
      because: 'it limits the rate',
    },
    {
      category: 'http',
      kind: SpanKind.Client,
      keys: ['http.request.method', 'url.full'],
      because: 'stable http names',
    },
    {
      category: 'http',
      kind: SpanKind.Client,
      keys: ['http.method', 'http.url'],
      because: 'older http names',
    },
    {
      category: 'http',
      kind: SpanKind.Client,
      keys: ['http.route', 'url.full'],
      because: 'an outbound call may name its route',
    },
    { category: 'http', kind: SpanKind.Unspecified, keys: ['url.full'], because: 'no kind was set' },
    {
      category: 'database',
      kind: SpanKind.Client,
      keys: ['db.system.name', 'db.query.text'],
      because: 'stable database names',
    },
    { category: 'database', kind: SpanKind.Client, keys: ['db.statement'], because: 'older database names' },
    {
      category: 'database',
      kind: SpanKind.Client,
      keys: ['http.request.method', 'db.system'],
      because: 'HTTP only carries it',
    },
    {
      category: 'database',
      kind: SpanKind.Client,
      keys: ['rpc.system', 'aws.dynamodb.table_names'],
      because: 'RPC only carries it',
    },
    { category: 'messaging', kind: SpanKind.Producer, keys: [], because: 'a Producer hands off' },
    {
      category: 'messaging',
      kind: SpanKind.Producer,
      keys: ['job.id'],
      because: 'a Producer hands off, a job too',
    },
    { category: 'messaging', kind: SpanKind.Consumer, keys: [], because: 'a Consumer takes over' },
    { category: 'messaging', kind: SpanKind.Client, keys: ['messaging.system'], because: 'it polls' },
    {
      category: 'messaging',
      kind: SpanKind.Client,
      keys: ['rpc.service', 'aws.sqs.queue.url'],
      because: 'RPC only carries it',
    },
    {
      category: 'job',
      kind: SpanKind.Consumer,
      keys: ['job.id', 'messaging.system'],
      because: 'the message started it',
    },
    { category: 'job', kind: SpanKind.Internal, keys: ['job.name'], because: 'it runs' },
    {
      category: 'rpc',
      kind: SpanKind.Client,
      keys: ['rpc.system', 'http.request.method'],
      because: 'HTTP only carries it',
    },
    { category: 'rpc', kind: SpanKind.Client, keys: ['grpc.method'], because: 'older grpc names' },
    {
      category: 'storage',
      kind: SpanKind.Client,
      keys: ['rpc.method', 'aws.s3.bucket'],
      because: 'RPC only carries it',
    },
    { category: 'storage', kind: SpanKind.Internal, keys: ['storage.operation'], because: 'it says so' },
    { category: 'auth', kind: SpanKind.Internal, keys: ['auth.result'], because: 'it says so' },
    {
      category: 'runtime',
      kind: SpanKind.Internal,
      keys: ['function.name', 'code.function.name'],
      because: 'it runs a function',
    },
    {
      category: 'runtime',
      kind: SpanKind.Client,
      keys: ['faas.invoked_name'],
      because: 'it calls a function',
    },
    {
      category: 'genai',
      kind: SpanKind.Client,
      keys: ['gen_ai.request.model', 'http.request.method'],
      because: 'HTTP only carries it',
    },
    {
      category: 'custom',
      kind: SpanKind.Internal,
      keys: ['code.function.name', 'app.cart.total'],
      because: 'nothing says more',
    },
    {
      category: 'custom',
      kind: SpanKind.Client,
      keys: ['server.address'],
      because: 'an address alone says nothing',
    },
    { category: 'custom', kind: 77, keys: [], because: 'its kind is one of the future' },
    {
      category: 'custom',
      kind: SpanKind.Internal,
      keys: ['http', 'db', 'httpx.y', 'HTTP.METHOD', 'xhttp.method', 'causeway.categoryx'],
      because: 'these are other names',
    },
  ];
  for (const { category, kind, keys, because } of cases) {
    it(`is ${category} for kind ${kind} with ${keys.join(', ') || 'nothing'}: ${because}`, () => {
      assert.equal(categoryOfKeys(kind, ...keys), category);
    });
  }

  for (const category of categories) {
    it(`is ${category} where causeway.category says so`, () => {
      const attributes = [
        { key: 'db.system', value: 'sqlite' },
        { key: 'causeway.category', value: category },
      ];
      assert.equal(categories[spanCategory({ kind: SpanKind.Server, attributes })], category);
    });
  }

  it('has no index for a name that is none', () => {
    for (const name of ['', 'Database', 'toString', '__proto__']) assert.equal(categoryIndex(name), -1);
  });
});

describe('the hint of a key', () => {
  it('is that of the longest name that matches', () => {
    assert.equal(hintOfKey('http.route'), CategoryHint.Http | CategoryHint.Route);
    assert.equal(hintOfKey('http.routes'), CategoryHint.Http);
    assert.equal(hintOfKey('http.rout'), CategoryHint.Http);
    assert.equal(hintOfKey('causeway.category'), CategoryHint.Override);
    assert.equal(hintOfKey('causeway.categories'), 0);
    assert.equal(hintOfKey('aws.s3.key'), CategoryHint.Storage);
    assert.equal(hintOfKey('aws.s4.key'), 0);
    assert.equal(hintOfKey(''), 0);
  });

  it('is the same read from bytes as from a string', () => {
    const names = fc.constantFrom(
      'http.',
      'http.route',
      'db.',
      'aws.s3.',
      'causeway.category',
      'code.',
      'é',
      '\u0168',
      '.',
    );
    const keys = fc.array(fc.oneof(names, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 4 });
    fc.assert(
      fc.property(keys, fc.nat({ max: 9 }), (parts, before) => {
        const key = parts.join('');
        const bytes = Buffer.concat([Buffer.alloc(before, 'http.'), Buffer.from(key), Buffer.from('route')]);
        assert.equal(hintOfKeyBytes(bytes, before, Buffer.byteLength(key)), hintOfKey(key));
      }),
      { numRuns: 2000 },
    );
  });
});
