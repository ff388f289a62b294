import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { encodeSpanValues } from '../../../src/core/columns/encodeSpanValues';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import { ValueType } from '../../../src/core/columns/spanValues';
import { StatusCode } from '../../../src/core/model/span';
import type { Ask } from '../../../webview/waterfall/pageContext';
import { FieldValues } from '../../../webview/waterfall/find/fieldValues';
import { Finder } from '../../../webview/waterfall/find/finder';
import { nameAt } from '../../../webview/waterfall/model/traceFacts';
import { WaterfallModel } from '../../../webview/waterfall/model/waterfallModel';
import { trace, type SpanSpec } from '../../fixtures/traces';
import { setFolded } from '../support/setFolded';

const columns = buildTraceColumns(
  'ab'.repeat(16),
  trace([
    'root',
    {},
    [
      [
        'cart a',
        {},
        [
          ['leaf', {}],
          ['cart b', { status: StatusCode.Error }],
        ],
      ],
      ['other', {}, [['cart c', {}]]],
    ],
  ]),
);
const names = Array.from({ length: columns.count }, (_, row) => nameAt(columns, row));
const row = (name: string) => names.indexOf(name);

/** The spans `leaf` and `other` have the attribute n = 7, as strings have their own ids. */
function answers(asked: string[]): Ask {
  const rows = [row('leaf'), row('other')];
  return ((method: string, params: { text?: string; keys?: string[] }) => {
    asked.push(`${method} ${params.text ?? params.keys?.join() ?? ''}`);
    if (method === 'spansWithText') {
      const ids = rows.slice(0, 1).flatMap(each => [columns.spanIdHigh[each]!, columns.spanIdLow[each]!]);
      return Promise.resolve({ result: { spans: 1 }, body: Uint32Array.from(ids).buffer });
    }
    const body = encodeSpanValues({
      count: 2,
      spanIdHigh: Uint32Array.from(rows, each => columns.spanIdHigh[each]!),
      spanIdLow: Uint32Array.from(rows, each => columns.spanIdLow[each]!),
      type: Uint8Array.of(ValueType.Int, ValueType.Int),
      number: Float64Array.of(7, 7),
      strings: [],
    });
    return Promise.resolve({ result: { spans: 2, cut: 0 }, body });
  }) as unknown as Ask;
}

function open(ask: Ask = answers([])): { model: WaterfallModel; finder: Finder } {
  const model = new WaterfallModel(columns);
  return { model, finder: new Finder(model, new FieldValues(model, ask), ask) };
}

/** A trace with two groups of three repeats each, below one root. */
function openRepeating(): { model: WaterfallModel; finder: Finder } {
  const calls = (name: string, at: number): SpanSpec[] =>
    [0, 1, 2].map(i => [`${name} ${i}`, { start: at + i, end: at + i + 1 }]);
  const table = trace(['root', {}, [...calls('get', 0), ['between', { start: 5 }], ...calls('put', 10)]]);
  const model = new WaterfallModel(buildTraceColumns('ab'.repeat(16), table));
  assert.equal(model.options.repeats, true);
  return { model, finder: new Finder(model, new FieldValues(model, answers([])), answers([])) };
}

/** Searches at once and waits for the end of it. */
async function find(finder: Finder, text: string): Promise<void> {
  finder.setText(text);
  finder.flush();
  await ended(finder);
}

async function ended(finder: Finder): Promise<void> {
  while (finder.state.value.searching) await new Promise(resolve => setTimeout(resolve));
}

const matches = (model: WaterfallModel) => names.filter((_, at) => model.matches?.[at] === 1).join(', ');

describe('a search in the trace', () => {
  it('finds a text in names at once, and elsewhere when the collector answers', async () => {
    const { model, finder } = open();
    finder.setText('CART');
    finder.flush();
    assert.equal(matches(model), 'cart a, cart b, cart c');
    assert.equal(finder.state.value.searching, true);
    await ended(finder);
    assert.equal(matches(model), 'cart a, leaf, cart b, cart c');
  });

  it('finds a span by its id', async () => {
    const { model, finder } = open((() => Promise.resolve({ result: { spans: 0 } })) as unknown as Ask);
    await find(finder, spanIdAt(columns, row('other')));
    assert.equal(matches(model), 'other');
  });

  it('asks for the attributes of a condition, once as long as the trace stays', async () => {
    const asked: string[] = [];
    const { model, finder } = open(answers(asked));
    await find(finder, '.n = 7 && name != leaf');
    assert.equal(matches(model), 'other');
    await find(finder, '.n = 7');
    assert.equal(matches(model), 'leaf, other');
    assert.deepEqual(asked, ['spanValues n']);
    model.update(columns);
    while (finder.state.value.searching) await new Promise(resolve => setTimeout(resolve));
    assert.equal(matches(model), 'leaf, other');
    assert.equal(asked.length, 2);
  });

  it('asks for nothing where the page knows all', async () => {
    const asked: string[] = [];
    const { model, finder } = open(answers(asked));
    await find(finder, 'status = error');
    assert.equal(matches(model), 'cart b');
    assert.deepEqual(asked, []);
  });

  it('says what is wrong with a condition, and where, and marks nothing', async () => {
    const { model, finder } = open();
    await find(finder, 'status = error');
    await find(finder, 'status = eror');
    assert.equal(model.matches, undefined);
    assert.match(finder.state.value.problem ?? '', /^Column 10: A status is unset, ok, error/);
    assert.equal(finder.state.value.invalid, true);
  });

  it('keeps what the page knows where the collector fails', async () => {
    const { model, finder } = open(() => Promise.reject(new Error('The collector is away.')));
    await find(finder, 'cart');
    assert.equal(matches(model), 'cart a, cart b, cart c');
    assert.deepEqual(finder.state.value, { searching: false, problem: 'The collector is away.' });
  });

  it('takes the newest text where an older answer comes later', async () => {
    const waiting: (() => void)[] = [];
    const late = ((_method: string, { text }: { text: string }) =>
      new Promise(resolve => {
        const ids = [columns.spanIdHigh[0]!, columns.spanIdLow[0]!];
        const body = Uint32Array.from(text === 'cart a' ? ids : []).buffer;
        waiting.push(() => resolve({ result: { spans: 1 }, body }));
      })) as unknown as Ask;
    const { model, finder } = open(late);
    finder.setText('cart a');
    finder.flush();
    finder.setText('cart b');
    finder.flush();
    for (const answer of waiting.toReversed()) answer();
    await new Promise(resolve => setTimeout(resolve, 5));
    assert.equal(matches(model), 'cart b');
    assert.equal(finder.state.value.searching, false);
  });
});

describe('going from match to match', () => {
  const selected = (model: WaterfallModel) => names[model.selected];

  it('goes around the end, both ways', async () => {
    const { model, finder } = open();
    await find(finder, 'name =~ "cart.*"');
    const forth = ['cart a', 'cart b', 'cart c', 'cart a'];
    for (const name of forth) {
      model.walk.move(1);
      assert.equal(selected(model), name);
    }
    for (const name of ['cart c', 'cart b']) {
      model.walk.move(-1);
      assert.equal(selected(model), name);
    }
  });

  it('begins at the end where it goes back from nowhere', async () => {
    const { model, finder } = open();
    await find(finder, 'name =~ "cart.*"');
    model.walk.move(-1);
    assert.equal(selected(model), 'cart c');
  });

  it('folds again what it unfolded, but for what leads to the span that stays selected', async () => {
    const { model, finder } = open();
    setFolded(model, row('cart a'), true);
    setFolded(model, row('other'), true);
    await find(finder, 'name =~ "cart (b|c)"');
    model.walk.move(1);
    assert.equal(selected(model), 'cart b');
    assert.equal(model.isFolded(row('cart a')), false);
    model.walk.move(1);
    assert.equal(selected(model), 'cart c');
    assert.equal(model.isFolded(row('cart a')), true);
    finder.clear();
    assert.equal(selected(model), 'cart c');
    assert.equal(model.isFolded(row('cart a')), true);
    assert.equal(model.isFolded(row('other')), false);
  });

  it('closes again the repeats that it opened, but for those that lead to the span that stays selected', async () => {
    const { model, finder } = openRepeating();
    const lines = model.lines.count;
    await find(finder, 'name =~ "get 1|put 2"');
    model.walk.move(1);
    assert.equal(model.lines.count, lines + 3);
    assert.equal(model.options.openRepeats.length, 1);
    model.walk.move(1);
    assert.equal(nameAt(model.columns, model.selected), 'put 2');
    assert.equal(model.options.openRepeats.length, 1);
    assert.equal(model.lines.count, lines + 3);
    finder.clear();
    assert.equal(nameAt(model.columns, model.selected), 'put 2');
    assert.equal(model.lines.count, lines + 3);
    model.select(0);
    model.walk.move(1);
    assert.equal(model.options.openRepeats.length, 1);
  });

  it('closes the repeats that it opened when the search ends elsewhere', async () => {
    const { model, finder } = openRepeating();
    const lines = model.lines.count;
    await find(finder, 'name =~ "get 1"');
    model.walk.move(1);
    model.select(0);
    assert.equal(model.lines.count, lines + 3);
    finder.clear();
    assert.equal(model.lines.count, lines);
    assert.deepEqual(model.options.openRepeats, []);
  });

  it('leaves open the repeats that the reader opened', async () => {
    const { model, finder } = openRepeating();
    model.setExpanded(1, true);
    const lines = model.lines.count;
    await find(finder, 'name =~ "get 1"');
    model.walk.move(1);
    model.select(0);
    finder.clear();
    assert.equal(model.lines.count, lines);
  });

  it('counts the matches that a line stands for', async () => {
    const { model, finder } = open();
    await find(finder, 'name =~ "cart.*"');
    setFolded(model, row('cart a'), true);
    assert.equal(model.matchesIn(model.lineOfRow(row('cart a'))), 2);
    assert.equal(model.matchesIn(model.lineOfRow(row('root'))), 0);
  });

  it('shows nothing but matches and their ancestors where the reader wants that', async () => {
    const { model, finder } = open();
    model.setOptions({ find: { text: '', only: true } });
    await find(finder, 'name = "cart b"');
    const shown = Array.from({ length: model.lines.count }, (_, line) => names[model.lines.row[line]!]);
    assert.deepEqual(shown, ['root', 'cart a', 'cart b']);
    finder.clear();
    assert.equal(model.lines.count, columns.count);
  });
});
