import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { StatusCode } from '../../../src/core/model/span';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import { defaultViewOptions, type ViewOptions } from '../../../src/protocol/viewOptions';
import {
  collapseTo,
  expandAll,
  expandLevel,
  foldAlike,
  foldDeep,
} from '../../../webview/waterfall/model/folding';
import { hideOperation, hideService, showAll } from '../../../webview/waterfall/model/hiding';
import { LineKind } from '../../../webview/waterfall/model/lines/lineKind';
import { nameAt } from '../../../webview/waterfall/model/traceFacts';
import { WaterfallModel } from '../../../webview/waterfall/model/waterfallModel';
import { lineName } from '../../../webview/waterfall/text/lineText';
import { spanTable, trace, type SpanRow, type SpanSpec } from '../../fixtures/traces';
import { setFolded } from '../support/setFolded';

const traceId = 'ab'.repeat(16);
const failed = StatusCode.Error;

/** A model of the trace with these choices, and its rows by name. */
function model(root: SpanSpec, choices: Partial<ViewOptions> = {}) {
  const made = new WaterfallModel(buildTraceColumns(traceId, trace(root)));
  made.setOptions({ repeats: false, ...choices });
  const rowOf = (name: string) =>
    Array.from({ length: made.columns.count }, (_, row) => nameAt(made.columns, row)).indexOf(name);
  return { made, rowOf };
}

/** The list as text: a line each, indented by level, with `+` where it is folded and the errors that it stands for. */
function list(made: WaterfallModel): string[] {
  const { lines } = made;
  return Array.from({ length: lines.count }, (_, line) => {
    const fold = made.isExpandable(line) && !made.isExpanded(line) ? '+ ' : '';
    const errors = lines.errors[line] ? ` !${lines.errors[line]}` : '';
    return `${'  '.repeat(lines.level[line]! - 1)}${fold}${lineName(made, line)}${errors}`;
  });
}

const query = (id: number, start: number, status = StatusCode.Unset): SpanSpec => [
  `SELECT ${id}`,
  { start, end: start + 2, service: 'db', status },
];
const shop: SpanSpec = [
  'root',
  { service: 'web' },
  [
    ['load', { start: 1, end: 30, service: 'api' }, [query(1, 2), query(2, 5, failed), query(3, 8)]],
    ['proxy', { start: 31, end: 60, service: 'mesh' }, [['work', { start: 32, end: 59, service: 'api' }]]],
    ['ping', { start: 61, end: 62, service: 'mesh', status: failed }],
  ],
];

describe('repeats', () => {
  it('are one line, which counts members and errors', () => {
    const { made } = model(shop, { repeats: true });
    assert.deepEqual(list(made), [
      'root',
      '  load',
      '    + 3 × SELECT ? !1',
      '  proxy',
      '    work',
      '  ping',
    ]);
  });

  it('show their members a level deeper when opened, and one by one when switched off', () => {
    const { made } = model(shop, { repeats: true });
    made.setExpanded(2, true);
    assert.deepEqual(list(made).slice(1, 6), [
      '  load',
      '    3 × SELECT ?',
      '      SELECT 1',
      '      SELECT 2',
      '      SELECT 3',
    ]);
    made.setOptions({ repeats: false });
    assert.deepEqual(list(made).slice(1, 5), ['  load', '    SELECT 1', '    SELECT 2', '    SELECT 3']);
  });

  it('stay opened over a fold above them and a newer snapshot', () => {
    const { made } = model(shop, { repeats: true });
    made.setExpanded(2, true);
    made.setExpanded(1, false);
    assert.equal(list(made)[1], '  + load !1');
    made.setExpanded(1, true);
    made.update(buildTraceColumns(traceId, trace(shop)));
    assert.equal(made.lines.count, 9);
  });

  it('are opened by the selection of a member', () => {
    const { made, rowOf } = model(shop, { repeats: true });
    made.moveToError(1);
    assert.equal(made.selected, rowOf('SELECT 2'));
    assert.equal(made.selectedLineKind, LineKind.Span);
    assert.equal(list(made)[made.selectedLine], '      SELECT 2');
  });

  it('take the selection of a member when they are closed', () => {
    const { made, rowOf } = model(shop, { repeats: true });
    made.select(rowOf('SELECT 3'));
    made.setExpanded(2, false);
    assert.equal(made.selectedLine, 2);
    assert.equal(made.selectedLineKind, LineKind.Repeats);
  });
});

describe('a selection', () => {
  it('stays on its span where lines come above it', () => {
    const { made, rowOf } = model(
      ['root', {}, [['above', {}, [['x']]], ['a 1'], ['a 2'], ['a 3'], ['b', {}]]],
      { repeats: true },
    );
    setFolded(made, rowOf('above'), true);
    made.select(rowOf('a 1'));
    setFolded(made, rowOf('above'), false);
    assert.equal(list(made)[made.selectedLine], '    a 1');
  });
});

describe('repeats with statements', () => {
  const call = (name: string, start: number): SpanSpec => [name, { start, end: start + 2, service: 'db' }];
  const calls: SpanSpec = [
    'root',
    {},
    [
      ...[1, 4, 7, 10, 13, 16].map(start => call('query', start)),
      call('a', 20),
      call('b', 24),
      call('c', 28),
    ],
  ];
  const titles = ['SELECT t WHERE id = ?', 'UPDATE t', 'FETCH t'];
  /** The numbers of the shapes of the rows from the first child on. */
  const statements = (made: WaterfallModel, ...shape: number[]) =>
    made.setStatements({
      count: shape.length,
      spanIdHigh: made.columns.spanIdHigh.slice(1, 1 + shape.length),
      spanIdLow: made.columns.spanIdLow.slice(1, 1 + shape.length),
      shape: Uint32Array.from(shape),
      titles,
    });

  it('are told apart by them, brought together by them, and called after them', () => {
    const { made } = model(calls, { repeats: true });
    assert.deepEqual(list(made), ['root', '  + 6 × query', '  a', '  b', '  c']);
    statements(made, 0, 0, 0, 1, 1, 1, 2, 2, 2);
    assert.deepEqual(list(made), [
      'root',
      '  + 3 × SELECT t WHERE id = ?',
      '  + 3 × UPDATE t',
      '  + 3 × FETCH t',
    ]);
  });

  it('keep what is open in sight, and the selection on its span', () => {
    const { made, rowOf } = model(calls, { repeats: true });
    made.setExpanded(1, true);
    made.select(rowOf('b'));
    const changes: string[] = [];
    made.onChange(change => changes.push(change));
    statements(made, 0, 0, 0, 1, 1, 1, 2, 2, 2);
    assert.equal(list(made).filter(line => line === '    query').length, 6);
    assert.equal(list(made)[made.selectedLine], '    b');
    assert.deepEqual(changes, ['rows']);
    made.update(buildTraceColumns(traceId, trace(calls)));
    assert.equal(list(made)[1], '  3 × SELECT t WHERE id = ?');
  });

  it('change no line where repeats are not looked for, and count when they are', () => {
    const { made } = model(calls);
    const before = list(made);
    statements(made, 0, 0, 0, 1, 1, 1);
    assert.deepEqual(list(made), before);
    made.setOptions({ repeats: true });
    assert.equal(list(made)[2], '  + 3 × UPDATE t');
  });
});

describe('what is hidden', () => {
  it('leaves a note below its parent, and a note in its place where spans below are shown', () => {
    const { made, rowOf } = model(shop);
    hideService(made, rowOf('ping'));
    assert.deepEqual(list(made), [
      'root',
      '  1 span hidden !1',
      '  load',
      '    SELECT 1',
      '    SELECT 2',
      '    SELECT 3',
      '  1 span hidden',
      '    work',
    ]);
  });

  it('counts whole subtrees, and errors in them', () => {
    const { made } = model(shop, { hidden: { services: ['api', 'db'], operations: [], shorterThan: 0 } });
    assert.deepEqual(list(made), ['root', '  4 spans hidden !1', '  proxy', '    1 span hidden', '  ping']);
  });

  it('can be one operation, or all that is short', () => {
    const { made, rowOf } = model(shop);
    hideOperation(made, rowOf('work'));
    assert.deepEqual(list(made).slice(5, 8), ['  proxy', '    1 span hidden', '  ping']);
    made.setOptions({ hidden: { services: [], operations: [], shorterThan: 3 } });
    assert.deepEqual(list(made), [
      'root',
      '  1 span hidden !1',
      '  load',
      '    3 spans hidden !1',
      '  proxy',
      '    work',
    ]);
    showAll(made);
    assert.equal(made.lines.count, made.columns.count);
  });

  it('is shown where somebody goes there, and stays hidden otherwise', () => {
    const { made, rowOf } = model(shop);
    made.setOptions({ hidden: { services: ['mesh', 'db'], operations: [], shorterThan: 0 } });
    made.moveToError(1);
    assert.deepEqual([made.selected, made.selectedLineKind], [rowOf('SELECT 2'), LineKind.Span]);
    assert.deepEqual(list(made).slice(2, 5), ['  load', '    2 spans hidden', '    SELECT 2']);
    assert.deepEqual(made.options.hidden.services, ['mesh', 'db']);
  });

  it('is shown, and nothing else, where its note is asked to, until it is left out again', () => {
    const { made, rowOf } = model(shop);
    hideService(made, rowOf('ping'));
    hideOperation(made, rowOf('SELECT 2'));
    const before = list(made);
    const note = before.indexOf('    1 span hidden !1');
    assert.ok(note > 0, before.join('\n'));
    made.selectLine(note);
    made.showHidden(note);
    assert.deepEqual(list(made).slice(2, 6), ['  load', '    SELECT 1', '    SELECT 2', '    SELECT 3']);
    assert.deepEqual([made.selected, made.selectedLineKind], [rowOf('SELECT 2'), LineKind.Span]);
    assert.equal(list(made)[1], before[1]);
    assert.equal(made.shownAnyway, 1);
    assert.equal(made.options.hidden.operations.length, 1);
    made.hideAgain();
    assert.deepEqual(list(made), before);
    assert.equal(made.shownAnyway, 0);
  });

  it('does not keep spans of a run apart', () => {
    const { made } = model(
      ['root', {}, [query(1, 1), ['tick', { start: 2, end: 3 }], query(2, 4), query(3, 7)]],
      {
        repeats: true,
        hidden: { services: [], operations: [{ service: 'shop', name: 'tick' }], shorterThan: 0 },
      },
    );
    assert.deepEqual(list(made), ['root', '  1 span hidden', '  + 3 × SELECT ?']);
  });
});

describe('the span shown as the root', () => {
  it('leaves out all that is not below it', () => {
    const { made, rowOf } = model(shop);
    made.setOptions({ root: spanIdAt(made.columns, rowOf('load')) });
    assert.deepEqual(list(made), ['load', '  SELECT 1', '  SELECT 2', '  SELECT 3']);
    assert.equal(made.lineOfRow(rowOf('ping')), -1);
  });

  it('gives way to a selection outside of it', () => {
    const { made, rowOf } = model(shop);
    made.setOptions({ root: spanIdAt(made.columns, rowOf('load')) });
    made.select(rowOf('work'));
    assert.equal(made.options.root, undefined);
    assert.equal(made.lines.count, made.columns.count);
    assert.equal(made.leftRoot, spanIdAt(made.columns, rowOf('load')));
    made.setOptions({ root: undefined });
    assert.equal(made.leftRoot, undefined);
  });
});

describe('critical path only', () => {
  it('keeps the spans on it with their ancestors, and stands for the errors of the others', () => {
    // Backwards from the end: root, ping, root, proxy and work, root, load and its queries: only `early` is not on it.
    const { made } = model(
      [
        'root',
        {},
        [
          ['early', { start: 0, end: 5, status: failed }],
          ['late', { start: 0, end: 100 }],
        ],
      ],
      { onlyPath: true },
    );
    assert.deepEqual(list(made), ['root !1', '  late']);
  });
});

describe('matches only', () => {
  it('keeps ancestors, and folds as they were', () => {
    const { made, rowOf } = model(shop);
    made.setExpanded(made.lineOfRow(rowOf('proxy')), false);
    made.setMatches(Uint8Array.from({ length: 8 }, (_, row) => (row === rowOf('SELECT 2') ? 1 : 0)));
    made.setOptions({ find: { text: 'x', only: true } });
    assert.deepEqual(list(made), ['root !1', '  load', '    SELECT 2']);
    made.setOptions({ find: { text: '', only: false } });
    assert.equal(list(made)[5], '  + proxy');
  });
});

describe('folding many', () => {
  it('collapses to a level, expands level by level, and all of a name', () => {
    const { made, rowOf } = model(shop);
    collapseTo(made, 1);
    assert.deepEqual(list(made), ['root', '  + load !1', '  + proxy', '  ping']);
    collapseTo(made, 0);
    expandLevel(made);
    expandLevel(made);
    assert.equal(made.lines.count, made.columns.count);
    foldAlike(made, rowOf('load'), true);
    assert.equal(list(made)[1], '  + load !1');
    expandAll(made);
    assert.equal(made.lines.count, made.columns.count);
  });
});

describe('any sequence of operations on any trace', () => {
  const spans = fc
    .array(
      fc.record({
        parent: fc.nat(),
        name: fc.constantFrom('a', 'b 1', 'b 2'),
        service: fc.constantFrom('x', 'y'),
        start: fc.nat(50),
        duration: fc.nat(50),
        failed: fc.boolean(),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map(rows =>
      rows.map<SpanRow>(({ parent, failed: error, ...row }, i) => ({
        ...row,
        id: i + 1,
        parentId: i === 0 || parent % 9 === 0 ? 0 : (parent % i) + 1,
        status: error ? failed : StatusCode.Unset,
      })),
    );
  const acts: Record<string, (made: WaterfallModel, at: number) => void> = {
    select: (made, at) => {
      made.select(at);
      assert.equal(made.selected, at);
      assert.equal(made.selectedLineKind, LineKind.Span);
    },
    line: (made, at) => made.selectLine(at % Math.max(1, made.lines.count)),
    toggle: (made, at) => {
      const line = at % Math.max(1, made.lines.count);
      if (made.lines.count > 0) made.setExpanded(line, !made.isExpanded(line));
    },
    deep: (made, at) => foldDeep(made, at, at % 2 === 0),
    level: (made, at) => collapseTo(made, at % 3),
    expand: made => expandLevel(made),
    repeats: made => made.setOptions({ repeats: !made.options.repeats }),
    path: made => made.setOptions({ onlyPath: !made.options.onlyPath }),
    service: (made, at) => hideService(made, at),
    operation: (made, at) => hideOperation(made, at),
    short: (made, at) => made.setOptions({ hidden: { ...made.options.hidden, shorterThan: at % 30 } }),
    root: (made, at) => made.setOptions({ root: spanIdAt(made.columns, at) }),
    whole: made => made.setOptions({ root: undefined }),
    matches: (made, at) => {
      made.setMatches(
        Uint8Array.from({ length: made.columns.count }, (_, row) => (row % 5 === at % 5 ? 1 : 0)),
      );
      made.setOptions({ find: { text: 'x', only: at % 2 === 0 } });
    },
    all: made => showAll(made),
    note: (made, at) => made.showHidden(at % Math.max(1, made.lines.count)),
    again: made => made.hideAgain(),
    error: made => made.moveToError(1),
    move: (made, at) => made.move((at % 7) - 3),
    update: made => made.update(made.columns),
  };

  it('loses no span and no error, shows nothing twice, and keeps the tree', () => {
    fc.assert(
      fc.property(
        spans,
        fc.array(fc.record({ act: fc.constantFrom(...Object.keys(acts)), at: fc.nat() }), { maxLength: 25 }),
        (rows, walk) => {
          const columns = buildTraceColumns(traceId, spanTable(rows));
          const made = new WaterfallModel(columns);
          made.setOptions(defaultViewOptions);
          for (const { act, at } of walk) {
            acts[act]!(made, at % columns.count);
            check(made);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  function check(made: WaterfallModel): void {
    const { lines, columns, options } = made;
    const stoodFor = new Uint32Array(lines.count);
    let errors = 0;
    for (let row = 0; row < columns.count; row++) {
      const line = made.lineOfRow(row);
      if (line < 0) {
        const filtered = options.root !== undefined || options.onlyPath || options.find.only;
        assert.ok(filtered, `row ${row} is nowhere`);
        continue;
      }
      stoodFor[line]!++;
      if (made.isError(row)) errors++;
    }
    let shownErrors = 0;
    const siblings = new Map<number, number>();
    const above: number[] = [];
    for (let line = 0; line < lines.count; line++) {
      const row = lines.row[line]!;
      const opened = lines.kind[line] === LineKind.Repeats && made.isExpanded(line);
      assert.ok(opened || stoodFor[line]! > 0, `line ${line} stands for nothing`);
      if (lines.kind[line] === LineKind.Span) {
        assert.equal(made.lineOfRow(row), line);
        if (made.isError(row)) shownErrors++;
      }
      shownErrors += lines.errors[line]!;
      above.length = lines.level[line]! - 1;
      assert.equal(lines.parent[line], above.at(-1) ?? -1, 'a child follows its parent');
      assert.equal(above.length, lines.level[line]! - 1, 'no level is left out');
      above.push(line);
      const position = (siblings.get(lines.parent[line]!) ?? 0) + 1;
      assert.equal(lines.position[line], position);
      siblings.set(lines.parent[line]!, position);
    }
    for (let line = 0; line < lines.count; line++)
      assert.equal(lines.setSize(line), siblings.get(lines.parent[line]!));
    assert.equal(shownErrors, errors, 'errors');
    if (made.selected >= 0) assert.equal(lines.row[made.selectedLine], made.selected);
    else assert.equal(made.selectedLine, -1);
  }
});
