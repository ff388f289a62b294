import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { StatusCode } from '../../../src/core/model/span';
import { pathToRoot } from '../../../src/core/columns/pathToRoot';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import { foldDeep, unfoldSiblings } from '../../../webview/waterfall/model/folding';
import { nameAt } from '../../../webview/waterfall/model/traceFacts';
import { WaterfallModel } from '../../../webview/waterfall/model/waterfallModel';
import { spanTable, trace, type SpanRow } from '../../fixtures/traces';
import { setFolded } from '../support/setFolded';

const traceId = 'ab'.repeat(16);
const columns = buildTraceColumns(
  traceId,
  trace([
    'root',
    {},
    [
      ['a', {}, [['a1'], ['a2', { status: StatusCode.Error }]]],
      ['b', {}, [['b1', {}, [['b11']]]]],
      ['c', {}],
    ],
  ]),
);
const row = (name: string) =>
  Array.from({ length: columns.count }, (_, i) => nameAt(columns, i)).indexOf(name);
const shown = (model: WaterfallModel) => Array.from(model.lines.row, i => nameAt(model.columns, i)).join(' ');

describe('folding', () => {
  it('hides what is below and nothing else', () => {
    const model = new WaterfallModel(columns);
    setFolded(model, row('b'), true);
    assert.equal(shown(model), 'root a a1 a2 b c');
    setFolded(model, row('a'), true);
    assert.equal(shown(model), 'root a b c');
    setFolded(model, row('b'), false);
    assert.equal(shown(model), 'root a b b1 b11 c');
  });

  it('of a row without children does nothing', () => {
    const model = new WaterfallModel(columns);
    setFolded(model, row('c'), true);
    assert.equal(model.isFolded(row('c')), false);
  });

  it('selects the row that hides the selected one', () => {
    const model = new WaterfallModel(columns);
    model.select(row('b11'));
    foldDeep(model, row('root'), true);
    assert.equal(model.selected, row('root'));
  });

  it('gives way to a selection below it', () => {
    const model = new WaterfallModel(columns);
    foldDeep(model, row('root'), true);
    model.select(row('b11'));
    assert.equal(shown(model), 'root a b b1 b11 c');
  });
});

describe('walking over errors', () => {
  it('finds them in folded subtrees and goes around the end', () => {
    const model = new WaterfallModel(columns);
    setFolded(model, row('a'), true);
    model.select(row('c'));
    model.moveToError(1);
    assert.equal(model.selected, row('a2'));
    model.moveToError(-1);
    assert.equal(model.selected, row('a2'), 'the only one');
  });

  it('stays where there is none', () => {
    const healthy = new WaterfallModel(buildTraceColumns(traceId, trace(['root', {}, [['a']]])));
    healthy.select(1);
    healthy.moveToError(1);
    assert.equal(healthy.selected, 1);
  });
});

describe('a newer snapshot', () => {
  it('keeps selection and folds with their spans, though rows have other numbers', () => {
    const early = spanTable([span(1, 0, 0), span(5, 1, 50), span(6, 5, 60)]);
    const late = spanTable([span(1, 0, 0), span(5, 1, 50), span(6, 5, 60), span(2, 1, 10), span(3, 2, 20)]);
    const model = new WaterfallModel(buildTraceColumns(traceId, early));
    setFolded(model, 1, true);
    model.select(1);
    model.update(buildTraceColumns(traceId, late));
    assert.equal(spanIdAt(model.columns, model.selected), '0000000500000005');
    assert.deepEqual(
      Array.from(model.lines.row, i => spanIdAt(model.columns, i).slice(-1)),
      ['1', '2', '3', '5'],
    );
  });

  it('widens the time range with the trace only where all of it was shown', () => {
    const longer = buildTraceColumns(traceId, trace(['root', { end: 200 }]));
    const whole = new WaterfallModel(columns);
    whole.update(longer);
    assert.deepEqual(whole.range, { start: 0, end: 200 });
    const zoomed = new WaterfallModel(columns);
    zoomed.setRange({ start: 20, end: 60 });
    zoomed.update(longer);
    assert.deepEqual(zoomed.range, { start: 20, end: 60 });
  });

  it('without the selected span selects nothing', () => {
    const model = new WaterfallModel(columns);
    model.select(row('c'));
    model.update(buildTraceColumns(traceId, trace(['root'])));
    assert.equal(model.selectedSpanId, undefined);
  });
});

describe('any walk through any trace', () => {
  const trees = fc
    .array(fc.nat(), { minLength: 1, maxLength: 40 })
    .map(parents => parents.map((parent, i) => span(i + 1, i === 0 ? 0 : (parent % i) + 1, i)));
  const steps = fc.array(
    fc.record({
      act: fc.constantFrom('select', 'fold', 'unfold', 'deep', 'siblings', 'move', 'error', 'update'),
      row: fc.nat(),
    }),
    { maxLength: 30 },
  );

  it('shows each span once, unless a row above it is folded, and never selects a hidden one', () => {
    fc.assert(
      fc.property(trees, steps, (rows, walk) => {
        const built = buildTraceColumns(traceId, spanTable(rows));
        const model = new WaterfallModel(built);
        for (const { act, row: any } of walk) {
          const at = any % built.count;
          if (act === 'select') model.select(at);
          if (act === 'fold') setFolded(model, at, true);
          if (act === 'unfold') setFolded(model, at, false);
          if (act === 'deep') foldDeep(model, at, any % 2 === 0);
          if (act === 'siblings') unfoldSiblings(model, at);
          if (act === 'move') model.move((any % 7) - 3);
          if (act === 'error') model.moveToError(1);
          if (act === 'update') model.update(built);
          const expected = Array.from({ length: built.count }, (_, i) => i).filter(i =>
            pathToRoot(built, i).every(above => !model.isFolded(above)),
          );
          assert.deepEqual([...model.lines.row], expected);
          if (model.selected >= 0) assert.equal(model.lines.row[model.selectedLine], model.selected);
        }
      }),
    );
  });

  it('numbers siblings from 1 without a gap', () => {
    fc.assert(
      fc.property(trees, rows => {
        const { lines } = new WaterfallModel(buildTraceColumns(traceId, spanTable(rows)));
        const groups = new Map<number, number[]>();
        for (let i = 0; i < lines.count; i++) {
          const parent = lines.parent[i]!;
          groups.set(parent, [...(groups.get(parent) ?? []), lines.position[i]!]);
          assert.equal(lines.setSize(i), lines.parent.filter(other => other === parent).length);
        }
        for (const positions of groups.values())
          assert.deepEqual(
            positions,
            positions.map((_, i) => i + 1),
          );
      }),
    );
  });
});

function span(id: number, parentId: number, start: number): SpanRow {
  return { name: `s${id}`, id, parentId, start, duration: 10 };
}
