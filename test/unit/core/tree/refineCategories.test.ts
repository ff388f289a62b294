import assert from 'node:assert/strict';
import { SpanKind } from '../../../../src/core/model/span';
import type { Category } from '../../../../src/core/semantics/category';
import { buildTree } from '../../../../src/core/tree/buildTree';
import { trace, type SpanFields, type SpanSpec } from '../../../fixtures/traces';
import { treeText } from './support/treeText';

const entry: SpanFields = { kind: SpanKind.Server, category: 'gateway' };

function categoriesOf(...roots: readonly SpanSpec[]): string[] {
  const table = trace(...roots);
  return treeText(buildTree(table), table).map(line => line.replace(/ [\d.]+( |$)/, '$1'));
}

describe('the category of a span, as the tree refines it', () => {
  it('is gateway for a Server span without a parent, or whose parent is missing or in another service', () => {
    assert.deepEqual(
      categoriesOf(
        [
          'GET /',
          entry,
          [['call', { kind: SpanKind.Client }, [['GET /stock', { ...entry, service: 'stock' }]]]],
        ],
        ['GET /orphan', { ...entry, parentId: 99 }],
      ),
      ['GET / gateway', '  call', '    GET /stock gateway', 'GET /orphan gateway (missing-parent)'],
    );
  });

  it('is custom for a Server span below a span of its own service', () => {
    assert.deepEqual(categoriesOf(['GET /', entry, [['handle', entry]]]), ['GET / gateway', '  handle']);
  });

  it('stays gateway for a span below a gateway that says by itself that it is one', () => {
    assert.deepEqual(categoriesOf(['GET /', entry, [['limiter', { category: 'gateway' }]]]), [
      'GET / gateway',
      '  limiter gateway',
    ]);
  });

  const steps: readonly (readonly [name: string, category: Category])[] = [
    ['authenticate', 'auth'],
    ['auth.check', 'auth'],
    ['requireAuth', 'auth'],
    ['verify JWT', 'auth'],
    ['rate limit', 'gateway'],
    ['rate_limit.check', 'gateway'],
    ['rateLimiter', 'gateway'],
    ['route /checkout', 'gateway'],
    ['middleware - cors', 'gateway'],
    ['load authors', 'custom'],
    ['reroute parcels', 'custom'],
    ['rate products', 'custom'],
    ['checkout', 'custom'],
    ['', 'custom'],
  ];
  for (const [name, category] of steps)
    it(`is ${category} for a step of a gateway called '${name}'`, () => {
      const table = trace(['GET /', entry, [[name]]]);
      const [, line] = treeText(buildTree(table), table);
      assert.equal(line, ['  ' + name, '0..100', ...(category === 'custom' ? [] : [category])].join(' '));
    });

  it('stays what it is where the span tells it itself, calls out, is further down, or is in another service', () => {
    assert.deepEqual(
      categoriesOf([
        'GET /',
        entry,
        [
          ['auth query', { category: 'database', start: 1 }],
          ['auth call', { kind: SpanKind.Client, start: 2 }],
          ['step', { start: 3 }, [['auth deep', { start: 3 }]]],
          ['auth elsewhere', { start: 4, service: 'other' }],
        ],
      ]),
      [
        'GET / gateway',
        '  auth query database',
        '  auth call',
        '  step',
        '    auth deep',
        '  auth elsewhere',
      ],
    );
  });
});
