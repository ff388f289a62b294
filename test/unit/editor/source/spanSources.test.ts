import assert from 'node:assert/strict';
import { spanSources } from '../../../../src/editor/source/spanSources';
import { exception, span } from './spans';

function read(of: ReturnType<typeof span>): string[] {
  return spanSources(of).exceptions.map(
    ({ event, exception: { type, message, frames } }) =>
      `${event} ${type}: ${message} ${frames.map(frame => frame.function).join(',')}`,
  );
}

describe('the places in the code that a span carries', () => {
  it('are the frames of its exception event', () =>
    assert.deepEqual(
      read(span({}, { name: 'retry', attributes: {} }, exception('Error', 'a', 'at pay (/a.js:1:2)'))),
      ['1 Error: a pay'],
    ));

  it('begin with the exception recorded last', () =>
    assert.deepEqual(
      read(
        span(
          {},
          exception('Error', 'handled', 'at a (/a.js:1:2)'),
          exception('Error', 'final', 'at b (/b.js:1:2)'),
        ),
      ),
      ['1 Error: final b', '0 Error: handled a'],
    ));

  it('keep causes before what they caused', () => {
    const event = exception(
      'Error',
      'outer',
      'at a (/a.js:1:2) {',
      '[cause]: Error: inner',
      '    at b (/b.js:1:2)',
    );
    event.attributes['exception.stacktrace'] = event.attributes['exception.stacktrace']!.replace(
      '    [cause]',
      '  [cause]',
    ).replace('        at b', '      at b');
    assert.deepEqual(read(span({}, event)), ['0 Error: inner b', '0 Error: outer a']);
  });

  it('are an exception without frames where no stack trace was recorded', () =>
    assert.deepEqual(
      read(span({}, { name: 'exception', attributes: { 'exception.type': 'E', 'exception.message': 'm' } })),
      ['0 E: m '],
    ));

  it('are of the last sixteen exceptions where a span has more', () => {
    const events = Array.from({ length: 40 }, (_, i) => exception('Error', String(i), 'at a (/a.js:1:2)'));
    const found = read(span({}, ...events));
    assert.equal(found.length, 16);
    assert.equal(found[0], '39 Error: 39 a');
  });

  it('are the code attributes, of which the last of a key counts', () => {
    const detail = span({ 'code.filepath': '/a.ts', 'code.lineno': 7 });
    detail.attributes.push({ key: 'code.lineno', value: { intValue: '8' } });
    assert.equal(spanSources(detail).code?.text, '/a.ts:8');
  });

  it('are none where the span has none', () =>
    assert.deepEqual(spanSources(span({ 'http.route': '/' }, { name: 'log', attributes: {} })), {
      exceptions: [],
      code: undefined,
    }));
});
