import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { buildTraceColumns } from '../../../../src/core/columns/buildTraceColumns';
import { ValueType, type SpanValues } from '../../../../src/core/columns/spanValues';
import { SpanKind, StatusCode } from '../../../../src/core/model/span';
import { fieldName } from '../../../../src/core/query/condition';
import { evaluate } from '../../../../src/core/query/evaluate';
import { columnOfValues } from '../../../../src/core/query/fieldColumn';
import { parseCondition } from '../../../../src/core/query/parseCondition';
import { traceSource } from '../../../../src/core/query/traceSource';
import { SpanIdIndex } from '../../../../src/core/tree/spanIdIndex';
import { spanTable, type SpanRow } from '../../../fixtures/traces';
import { fuzzBounds } from '../../support/fuzz';

type Value = string | number | boolean | bigint;

/** Six spans, a to f; their attributes by the field's name. */
const rows: readonly SpanRow[] = (
  [
    ['a', 'gateway', SpanKind.Server, StatusCode.Ok, 100e6],
    ['b', 'cart', SpanKind.Client, StatusCode.Error, 50e6],
    ['c', 'cart', SpanKind.Internal, StatusCode.Unset, 10e6],
    ['GET /c d', 'cart', SpanKind.Internal, StatusCode.Unset, 9_999_999],
    ['e', 'pay', SpanKind.Producer, StatusCode.Unset, 0],
    ['f', 'pay', SpanKind.Consumer, StatusCode.Unset, 5],
  ] as const
).map(([name, service, kind, status, duration], i) => ({
  id: i + 1,
  parentId: i === 0 ? 0 : 1,
  name,
  service,
  kind,
  status,
  start: i * 1000,
  duration,
}));

const attributes: Readonly<Record<string, readonly (Value | undefined)[]>> = {
  '.n': [1, 2.5, '2', true, undefined, 10n ** 17n],
  'span.code': [200, 404, 500, undefined, undefined, 200],
  'resource.zone': ['eu', 'us', 'eu', 'eu', 'eu', undefined],
  '.text': ['Hello', 'hello world', '', undefined, 'x', 'y'],
  '.flag': [true, false, 'true', 1, undefined, true],
  '.other': ['Hello', 'no', '', 'x', undefined, 'y'],
  statusMessage: [undefined, 'declined', undefined, undefined, undefined, undefined],
};

const columns = buildTraceColumns('ab'.repeat(16), spanTable([...rows]));
const letters = ['a', 'b', 'c', 'd', 'e', 'f'];

function valuesOf(name: string): SpanValues {
  const given = (attributes[name] ?? []).flatMap((value, i) =>
    value === undefined ? [] : [{ value, id: i + 1 }],
  );
  const strings: string[] = [];
  const encoded = given.map(({ value }) => {
    if (typeof value === 'string') return [ValueType.String, strings.push(value) - 1] as const;
    if (typeof value === 'bigint') return [ValueType.LongInt, strings.push(String(value)) - 1] as const;
    if (typeof value === 'boolean') return [ValueType.Bool, Number(value)] as const;
    return [Number.isInteger(value) ? ValueType.Int : ValueType.Double, value] as const;
  });
  return {
    count: given.length,
    spanIdHigh: Uint32Array.from(given, ({ id }) => id),
    spanIdLow: Uint32Array.from(given, ({ id }) => id),
    type: Uint8Array.from(encoded, ([type]) => type),
    number: Float64Array.from(encoded, ([, number]) => number),
    strings,
  };
}

const index = new SpanIdIndex(columns.spanIdHigh, columns.spanIdLow, columns.count);
const source = traceSource(columns, field =>
  columnOfValues(valuesOf(fieldName(field)), columns.count, (high, low) => index.rowOf(high, low)),
);

function matching(condition: string): string {
  const parsed = parseCondition(condition);
  assert.ok(parsed.ok, parsed.ok ? '' : `${parsed.message} (${parsed.column})`);
  const marks = evaluate(parsed.condition, source);
  return letters.filter((_, i) => marks[index.rowOf(i + 1, i + 1)] === 1).join('');
}

describe('a condition', () => {
  const cases: readonly (readonly [condition: string, spans: string])[] = [
    ['{ }', 'abcdef'],
    ['service = cart', 'bcd'],
    ['service=cart', 'bcd'],
    ['{ service = "cart" }', 'bcd'],
    ['service != cart', 'aef'],
    ['service = Cart', ''],
    ['name = "GET /c d"', 'd'],
    ['name = `GET /c d`', 'd'],
    ['span:name = e', 'e'],
    ['name > c', 'ef'],
    ['rootName = a && rootServiceName = gateway', 'abcdef'],
    ['status = error', 'b'],
    ['status != error', 'acdef'],
    ['kind = server || kind = Consumer', 'af'],
    ['duration > 10ms', 'ab'],
    ['duration >= 10ms', 'abc'],
    ['duration < 10ms', 'def'],
    ['duration = 0ns', 'e'],
    ['duration >= .05s', 'ab'],
    ['duration = 9ms999us999ns', 'd'],
    ['traceDuration >= 100ms && service = pay', 'ef'],
    ['service = cart && duration > 10ms', 'b'],
    ['service = cart&&duration>10ms', 'b'],
    ['service = gateway || service = cart && status = error', 'ab'],
    ['(service = gateway || service = cart) && status = error', 'b'],
    ['!(service = cart)', 'aef'],
    ['!(!(service = cart))', 'bcd'],
    // Numbers of any type compare with one another, and with nothing else.
    ['.n = 1', 'a'],
    ['.n = 1.0', 'a'],
    ['.n >= 2', 'bf'],
    ['.n = "2"', 'c'],
    ['.n = true', 'd'],
    ['.n > 90000000000000000', 'f'],
    ['.n < -1', ''],
    // A missing value is never equal to anything, nor unequal; as a value of another type.
    ['span.code != 200', 'bc'],
    ['!(span.code = 200)', 'bcde'],
    ['span.code !~ "4.*"', ''],
    ['span.code = "200"', ''],
    ['span.code != nil', 'abcf'],
    ['span.code = nil', 'de'],
    ['statusMessage = declined', 'b'],
    ['statusMessage != nil', 'b'],
    ['resource.zone = eu && kind != server', 'cde'],
    // Whole texts match.
    ['.text =~ "hello"', ''],
    ['.text =~ "hello.*"', 'b'],
    ['.text =~ "(?i)hello.*"', 'ab'],
    ['.text =~ "x|y"', 'ef'],
    ['.text !~ ".*o.*"', 'cef'],
    ['.text = ""', 'c'],
    ['service =~ "c.*|p.*"', 'bcdef'],
    // A value on its own is a condition where it is true.
    ['{ .flag }', 'af'],
    ['!.flag', 'bcde'],
    ['{ !.flag && service = cart }', 'bcd'],
    ['.flag = false', 'b'],
    // Two fields.
    ['.text = .other', 'acf'],
    ['.text != .other', 'b'],
    ['"cart" = service', 'bcd'],
    ['10ms < duration', 'ab'],
    ['200 = span.code', 'af'],
    ['.n != .flag', 'c'],
  ];
  for (const [condition, spans] of cases)
    it(`${condition} holds for ${spans === '' ? 'no span' : spans}`, () =>
      assert.equal(matching(condition), spans));
});

describe('conditions of any form', () => {
  const only = (test: (letter: string) => boolean) => new Set(letters.filter(test));
  /** A condition, and the spans for which it holds, worked out from its parts. */
  const leaf = fc.constantFrom(
    ...(['service = cart', 'status = error', '.flag = true', 'span.code >= 400', 'duration > 10ms'] as const),
  );
  const { any } = fc.letrec<{ any: { text: string; spans: ReadonlySet<string> } }>(tie => ({
    any: fc.oneof(
      { maxDepth: 6, depthSize: 'medium' },
      leaf.map(text => ({ text, spans: new Set(matching(text)) })),
      fc.tuple(tie('any'), tie('any')).map(([a, b]) => ({
        text: `(${a.text}) && (${b.text})`,
        spans: only(letter => a.spans.has(letter) && b.spans.has(letter)),
      })),
      fc.tuple(tie('any'), tie('any')).map(([a, b]) => ({
        text: `(${a.text} || ${b.text})`,
        spans: only(letter => a.spans.has(letter) || b.spans.has(letter)),
      })),
      tie('any').map(a => ({ text: `!(${a.text})`, spans: only(letter => !a.spans.has(letter)) })),
    ),
  }));

  it('combine as sets do', () => {
    fc.assert(
      fc.property(any, ({ text, spans }) => assert.deepEqual(new Set(matching(text)), spans)),
      fuzzBounds(100),
    );
  });

  it('are read or refused with a column in the text, whatever is typed', () => {
    const pieces = fc.constantFrom(
      ...[
        'service',
        '=',
        '!=',
        '=~',
        '&&',
        '||',
        '!',
        '(',
        ')',
        '{',
        '}',
        '"',
        '`',
        '.a',
        'span.',
        '10ms',
        'nil',
        ' ',
        '\\',
        'é',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces), typed => {
        const text = typed.join('');
        const parsed = parseCondition(text);
        if (parsed.ok) assert.equal(evaluate(parsed.condition, source).length, rows.length);
        else assert.ok(parsed.column >= 1 && parsed.column <= text.length + 1, String(parsed.column));
      }),
      fuzzBounds(300),
    );
  });
});
