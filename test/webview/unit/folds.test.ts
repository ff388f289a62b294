import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import { defaultViewOptions } from '../../../src/protocol/viewOptions';
import { collapseTo, foldAlike } from '../../../webview/waterfall/model/folding';
import { foldsOf, foldsToSave, markFolds, mostSaved } from '../../../webview/waterfall/model/folds';
import { WaterfallModel } from '../../../webview/waterfall/model/waterfallModel';
import { generatedTrace } from '../support/generatedTrace';

const traceId = 'ab'.repeat(16);
const columns = buildTraceColumns(traceId, generatedTrace(30_000));
const withChildren = columns.descendants.filter(below => below > 0).length;

describe('folds', () => {
  it('are named one by one where they are few', () => {
    const model = new WaterfallModel(columns);
    const rows = [...columns.descendants.keys()].filter(row => model.hasChildren(row)).slice(0, 3);
    model.fold(folded => rows.forEach(row => (folded[row] = 1)));
    assert.deepEqual(model.folds(), {
      from: undefined,
      spanIds: rows.map(row => spanIdAt(columns, row)),
      left: 0,
    });
  });

  it('are a level and its exceptions where nearly all are folded, and come back as they were', () => {
    const model = new WaterfallModel(columns);
    collapseTo(model, 2);
    const closed = [...model.lines.row].findIndex((row, line) => line > 0 && model.isFolded(row));
    model.setExpanded(closed, true);
    const saved = foldsToSave(model.folds());
    assert.ok(withChildren > 10_000);
    assert.deepEqual([saved.collapsedFrom, saved.collapsed.length], [2, 1]);
    const state = { traceId, options: defaultViewOptions, scrollTop: 0, ...saved };
    const restored = new WaterfallModel(columns, state);
    assert.deepEqual([...restored.lines.row], [...model.lines.row]);
    model.update(columns);
    assert.deepEqual([...model.lines.row], [...restored.lines.row]);
  });

  it('beyond what is saved are left out', () => {
    const large = buildTraceColumns(traceId, generatedTrace(60_000));
    const folded = new Uint8Array(large.count).map((_, row) => row % 2);
    const all = foldsOf(large, folded);
    const some = foldsOf(large, folded, mostSaved);
    assert.ok(some.left > 0);
    assert.deepEqual([some.spanIds.length, some.left + mostSaved], [mostSaved, all.spanIds.length]);
    assert.deepEqual(some.spanIds, all.spanIds.slice(0, mostSaved));
  });

  it('are the same after they were taken down, whichever they are', () => {
    const model = new WaterfallModel(columns);
    const operations = fc.array(fc.record({ row: fc.nat(columns.count - 1), fold: fc.boolean() }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.nat(8), operations, (level, changes) => {
        collapseTo(model, level);
        for (const { row, fold } of changes) foldAlike(model, row, fold);
        let folded = new Uint8Array();
        model.fold(marks => (folded = marks.slice()));
        assert.deepEqual(markFolds(columns, foldsOf(columns, folded)), folded);
      }),
      { numRuns: 30 },
    );
  });
});
