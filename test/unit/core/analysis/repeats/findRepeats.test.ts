import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findRepeats, RunPart } from '../../../../../src/core/analysis/repeats/findRepeats';
import { operationNumbers } from '../../../../../src/core/analysis/repeats/operationNumbers';
import { buildTraceColumns } from '../../../../../src/core/columns/buildTraceColumns';
import { SpanKind, StatusCode } from '../../../../../src/core/model/span';
import { spanTable, trace, type SpanFields, type SpanSpec } from '../../../../fixtures/traces';

const calls = (...names: readonly (string | readonly [string, SpanFields, SpanSpec[]?])[]) => {
  const children = names.map<SpanSpec>((name, i) => {
    const [text, fields = {}, below = []] = typeof name === 'string' ? [name] : name;
    return [text, { start: i * 10, end: i * 10 + 5, ...fields }, below];
  });
  return buildTraceColumns('ab'.repeat(16), trace(['root', { end: 1000 }, children]));
};
const find = (columns: ReturnType<typeof calls>, part?: (row: number) => RunPart) =>
  findRepeats(columns, { operation: operationNumbers(columns), ...(part ? { part } : {}) });

describe('runs of siblings that do the same', () => {
  it('are found from three on, with their times and errors', () => {
    const runs = find(
      calls(
        'get 1',
        ['get 2', { start: 10, end: 40, status: StatusCode.Error }],
        ['get 3', { start: 20, end: 22 }],
        'put',
        'put',
      ),
    );
    assert.equal(runs.count, 1);
    assert.deepEqual([runs.first[0], runs.last[0], runs.members[0], runs.errors[0]], [1, 3, 3, 1]);
    // 5, 30 and 2 ns.
    assert.deepEqual([runs.total[0], runs.least[0], runs.most[0]], [37, 2, 30]);
    assert.deepEqual([...runs.groupOf], [-1, 0, 0, 0, -1, -1]);
  });

  const ends: readonly (readonly [what: string, fields: SpanFields])[] = [
    ['another service', { service: 'other' }],
    ['another kind', { kind: SpanKind.Client }],
  ];
  for (const [what, fields] of ends)
    it(`end at ${what}`, () => assert.equal(find(calls('a', 'a', ['a', fields], 'a')).count, 0));

  it('end at another name', () => assert.equal(find(calls('a', 'a', 'b', 'a')).count, 0));

  it('may have spans below their members, in which there are runs of their own', () => {
    const below = (): SpanSpec[] => [['x'], ['x'], ['x']];
    const runs = find(calls(['a', {}, below()], ['a', {}, below()], ['a', {}, below()]));
    assert.deepEqual([...runs.members], [3, 3, 3, 3]);
    assert.deepEqual([...runs.groupOf], [-1, 0, 1, 1, 1, 0, 2, 2, 2, 0, 3, 3, 3]);
  });

  it('pass over what is absent, and end at a break', () => {
    const columns = calls('a', 'b', 'a', 'a');
    assert.equal(find(columns, row => (row === 2 ? RunPart.Absent : RunPart.Member)).members[0], 3);
    assert.equal(find(columns, row => (row === 2 ? RunPart.Break : RunPart.Member)).count, 0);
  });

  it('are those below one span where only that is looked at', () => {
    const columns = calls('a', 'a', ['a', {}, [['x'], ['x'], ['x']]]);
    const runs = findRepeats(columns, { operation: operationNumbers(columns), root: 3 });
    assert.deepEqual([...runs.first], [4]);
  });

  it('are what a walk over the children of each span finds, in any tree', () => {
    const spans = fc.array(
      fc.record({ up: fc.nat(30), name: fc.constantFrom('a', 'b'), part: fc.constantFrom(0, 0, 0, 1, 2) }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(spans, rows => {
        const columns = buildTraceColumns(
          'ab'.repeat(16),
          spanTable(
            rows.map(({ up, name }, i) => ({
              id: i + 1,
              parentId: i === 0 ? 0 : 1 + (up % i),
              name,
              start: i,
              duration: 1,
            })),
          ),
        );
        const part = (row: number) => parts[rows[columns.spanIdLow[row]! - 1]?.part ?? 0]!;
        const groups = new Map<number, number[]>();
        find(columns, part).groupOf.forEach((group, row) => {
          if (group >= 0) groups.set(group, [...(groups.get(group) ?? []), row]);
        });
        assert.deepEqual([...groups.values()], walked(columns, part));
      }),
    );
  });
});

const parts = [RunPart.Member, RunPart.Absent, RunPart.Break];

/** The members of each run, by its first. */
function walked(columns: ReturnType<typeof calls>, part: (row: number) => RunPart): number[][] {
  const rows = Array.from({ length: columns.count }, (_, row) => row);
  const runs: number[][] = [];
  for (const parent of [-1, ...rows]) {
    let run: number[] = [];
    for (const row of rows.filter(row => columns.parent[row] === parent)) {
      if (part(row) === RunPart.Absent) continue;
      const same = run.length > 0 && columns.name[row] === columns.name[run[0]!];
      if (!same || part(row) === RunPart.Break) runs.push((run = []));
      if (part(row) === RunPart.Member) run.push(row);
    }
  }
  return runs.filter(({ length }) => length >= 3).sort((a, b) => a[0]! - b[0]!);
}
