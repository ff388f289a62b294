import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AnyValue } from '../../../src/core/formats/otlpJsonTypes';
import { payloads } from '../../../webview/waterfall/text/payloads';
import { prettyJson } from '../../../webview/ui/values/prettyJson';
import { spanText, visibleText } from '../../../webview/ui/text/spanText';
import { copiedText, shownValue } from '../../../webview/ui/values/valueText';

describe('pretty JSON', () => {
  const cases: readonly (readonly [text: string, pretty: string | undefined])[] = [
    ['{}', '{}'],
    ['[ ]', '[]'],
    ['{"a":1}', '{\n  "a": 1\n}'],
    ['[1,[2,{}]]', '[\n  1,\n  [\n    2,\n    {}\n  ]\n]'],
    ['{"a,]":"{\\"b\\":1}"}', '{\n  "a,]": "{\\"b\\":1}"\n}'],
    ['"text"', undefined],
    ['12', undefined],
    ['{a: 1}', undefined],
    ['[1,', undefined],
    ['', undefined],
  ];
  for (const [text, pretty] of cases)
    it(`of ${text || 'nothing'}`, () => assert.equal(prettyJson(text), pretty));

  it('changes nothing but white space: long numbers and repeated keys stay', () =>
    assert.equal(
      prettyJson('{"id":12345678901234567890,"id":1.10}'),
      '{\n  "id": 12345678901234567890,\n  "id": 1.10\n}',
    ));

  it('is what JSON.stringify makes of the same value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), value =>
        assert.equal(prettyJson(JSON.stringify(value)), JSON.stringify(value, null, 2)),
      ),
    );
  });

  it('of a text that is nested very deep stays small', () => {
    const deep = '['.repeat(5000) + ']'.repeat(5000);
    assert.ok((prettyJson(deep)?.length ?? 0) < 100 * deep.length);
  });
});

describe('text of a program', () => {
  const cases: readonly (readonly [text: string, shown: string])[] = [
    ['GET /users/{id}', 'GET /users/{id}'],
    ['Größe 寸法 📏', 'Größe 寸法 📏'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['a\nb\tc', 'a␊b␉c'],
    ['a\u0000b\u007f', 'a␀b␡'],
    ['user\u202egpj.exe', 'user⟨U+202E⟩gpj.exe'],
    ['zero\u200bwidth', 'zero⟨U+200B⟩width'],
    ['', '(no name)'],
    [' \n', '(no name)'],
    ['x'.repeat(400), `${'x'.repeat(300)}…`],
  ];
  for (const [text, shown] of cases)
    it(`${JSON.stringify(text.slice(0, 20))} is one line, ${shown.slice(0, 20)}`, () =>
      assert.equal(spanText(text), shown));

  it('keeps its line breaks where there is room for them', () =>
    assert.equal(visibleText('a\r\n\tb\u202e'), 'a\r\n\tb⟨U+202E⟩'));
});

describe('an attribute value', () => {
  const cases: readonly (readonly [
    value: AnyValue,
    type: string,
    text: string | undefined,
    copied: string,
  ])[] = [
    [{ stringValue: 'x' }, 'string', 'x', 'x'],
    [{ intValue: '9007199254740993' }, 'int', '9007199254740993', '9007199254740993'],
    [{ doubleValue: 0.5 }, 'double', '0.5', '0.5'],
    [{ doubleValue: 'NaN' }, 'double', 'NaN', 'NaN'],
    [{ boolValue: false }, 'boolean', 'false', 'false'],
    [{ bytesValue: 'AQI=' }, 'bytes, base64', 'AQI=', 'AQI='],
    [{}, 'empty', '', 'null'],
    [{ arrayValue: { values: [] } }, 'array', '[]', '[]'],
    [
      { arrayValue: { values: [{ intValue: '1' }, { stringValue: 'b' }] } },
      'array',
      '[1, b]',
      '[\n  1,\n  "b"\n]',
    ],
    [{ kvlistValue: { values: [{ key: 'a', value: {} }] } }, 'map of 1', undefined, '{\n  "a": null\n}'],
    [
      { arrayValue: { values: [{ arrayValue: { values: [{ kvlistValue: { values: [] } }] } }] } },
      'array of 1',
      undefined,
      '[\n  [\n    {}\n  ]\n]',
    ],
  ];
  for (const [value, type, text, copied] of cases)
    it(`${JSON.stringify(value)} is shown as ${type}`, () => {
      const shown = shownValue(value);
      assert.equal(shown.type, type);
      assert.equal(shown.kind === 'text' ? shown.text : undefined, text);
      assert.equal(copiedText(value), copied);
    });
});

describe('inputs and outputs', () => {
  it('are told from all other attributes', () => {
    const keys = ['http.route', 'input.value', 'function.output', 'messaging.message.body', 'input.values'];
    const attributes = keys.map(key => ({ key, value: { stringValue: key } }));
    const { inputs, outputs } = payloads(attributes, 'runtime');
    const names = (entries: readonly { key: string }[]) => entries.map(({ key }) => key);
    assert.deepEqual(names(inputs), ['input.value', 'messaging.message.body']);
    assert.deepEqual(names(outputs), ['function.output']);
    assert.deepEqual(names(payloads(attributes, 'messaging').inputs), []);
  });
});
