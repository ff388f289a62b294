import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { InvalidJsonError } from '../../../src/otlp/invalidJsonError';
import { parseOtlpJson } from '../../../src/otlp/parseOtlpJson';
import { fuzzBounds } from '../support/fuzz';

describe('parseOtlpJson', () => {
  for (const { title, text, expected } of [
    {
      title: 'an integer of 19 digits',
      text: '{"t":1760000000000000123}',
      expected: { t: '1760000000000000123' },
    },
    { title: 'a negative one', text: '[-9223372036854775808]', expected: ['-9223372036854775808'] },
    {
      title: 'several among blanks',
      text: '[ 1760000000000000123 ,\n 1760000000000000124]',
      expected: ['1760000000000000123', '1760000000000000124'],
    },
    {
      title: 'one after an escaped quote',
      text: '{"a":"\\"","b":1760000000000000123}',
      expected: { a: '"', b: '1760000000000000123' },
    },
    {
      title: 'one after an escaped backslash',
      text: '{"a":"\\\\","b":1760000000000000123}',
      expected: { a: '\\', b: '1760000000000000123' },
    },
  ]) {
    it(`keeps ${title} exact, as a string`, () =>
      assert.deepEqual(parseOtlpJson(Buffer.from(text)), expected));
  }

  for (const { title, text } of [
    {
      title: 'digits in strings',
      text: '{"1760000000000000123":"at 1760000000000000123, \\" 1760000000000000124"}',
    },
    {
      title: 'fractions',
      text: '[0.12345678901234567, 1234567890123456789.5, 12345678901234567e2, 1e-12345678901234567]',
    },
    { title: 'short integers', text: '[1, -2, 123456789012345]' },
    { title: 'everything that is no number', text: '{"a":[true,false,null,"",{}]}' },
  ]) {
    it(`leaves ${title} as they are`, () =>
      assert.deepEqual(parseOtlpJson(Buffer.from(text)), JSON.parse(text)));
  }

  it('is JSON.parse for any document, but for the long integers', () => {
    const quoted = (_: string, value: unknown): unknown =>
      Number.isInteger(value) && /^-?\d{16,}$/.test(String(value)) ? String(value) : value;
    fc.assert(
      fc.property(fc.json(), fc.nat({ max: 4 }), (text, indent) => {
        const document = JSON.stringify(JSON.parse(text), null, indent);
        assert.deepEqual(parseOtlpJson(Buffer.from(document)), JSON.parse(document, quoted));
      }),
      fuzzBounds(1000),
    );
  });

  it('skips a byte order mark', () => {
    assert.deepEqual(parseOtlpJson(Buffer.from('\ufeff{"a":1}')), { a: 1 });
  });

  for (const text of ['', '{', '{"a":}', 'protobuf', '{"a":"b', '\u0000', '[1760000000000000123', '"\\']) {
    it(`refuses ${JSON.stringify(text)} as no JSON`, () => {
      assert.throws(() => parseOtlpJson(Buffer.from(text)), InvalidJsonError);
    });
  }

  it('takes strings, digits and backslashes of any length', () => {
    const long = 3_000_000;
    for (const text of [
      `"${'x'.repeat(long)}"`,
      `"${'\\\\'.repeat(long)}"`,
      `[${'"a",'.repeat(long / 10)}1]`,
    ]) {
      assert.deepEqual(parseOtlpJson(Buffer.from(text)), JSON.parse(text));
    }
    const digits = '9'.repeat(long);
    assert.deepEqual(parseOtlpJson(Buffer.from(`[${digits},${digits}.5]`)), [digits, Infinity]);
  });
});
