import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { StatusCode } from '../../../src/core/model/span';
import type { FieldColumn } from '../../../src/core/query/fieldColumn';
import { StaticType } from '../../../src/core/query/staticValue';
import { errorPlace, nonePlace, otherPlace, serviceColours } from '../../../webview/ui/theme';
import {
  colourByCategory,
  colourByStatus,
  colourByValue,
} from '../../../webview/waterfall/colours/colouring';
import { valueAt } from '../../../webview/waterfall/colours/valueAt';
import { spanTable } from '../../fixtures/traces';

function columnsOf(spans: number) {
  return buildTraceColumns(
    'ab'.repeat(16),
    spanTable(
      Array.from({ length: spans }, (_, i) => ({
        id: i + 1,
        parentId: i === 0 ? 0 : 1,
        name: `span ${i}`,
        start: i,
        duration: 10,
        category: i % 2 === 0 ? 'database' : 'http',
        status: i === 1 ? StatusCode.Error : i === 2 ? StatusCode.Ok : StatusCode.Unset,
      })),
    ),
  );
}

/** A column of texts; undefined where a row has none. */
function texts(values: readonly (string | undefined)[]): FieldColumn {
  return {
    type: Uint8Array.from(values, value => (value === undefined ? StaticType.Nil : StaticType.String)),
    value: Uint32Array.from(values, (_, i) => i),
    strings: values.map(value => value ?? ''),
  };
}

describe('colours of spans', () => {
  it('by category are one for each that occurs, with how many spans and errors it has', () => {
    const { places, legend } = colourByCategory(columnsOf(5));
    assert.deepEqual(
      legend.map(({ name, spans, errors }) => [name, spans, errors]),
      [
        ['Database', 3, 0],
        ['Outbound HTTP', 2, 1],
      ],
    );
    assert.equal(places[0], places[2]);
    assert.notEqual(places[0], places[1]);
  });

  it('by status give errors the colour of errors', () => {
    const { places } = colourByStatus(columnsOf(4));
    assert.equal(places[1], errorPlace);
    assert.equal(places[3], otherPlace);
    assert.equal(new Set(places).size, 3);
  });

  it('by value are the palette’s for the most frequent values, one for all others, and faint without any', () => {
    const values = Array.from({ length: 40 }, (_, i) =>
      i === 39 ? undefined : i < 20 ? 'often' : `rare ${i}`,
    );
    const { places, legend } = colourByValue(columnsOf(40), texts(values));
    assert.ok((places[0] ?? 99) < serviceColours);
    assert.equal(places[39], nonePlace);
    assert.equal(legend.length, serviceColours + 2);
    assert.deepEqual(legend.at(0)?.name, 'often');
    assert.deepEqual(legend.at(-2), { name: '12 other values', place: otherPlace, spans: 12, errors: 0 });
    assert.deepEqual(legend.at(-1), { name: 'no value', place: nonePlace, spans: 1, errors: 0 });
    assert.equal(new Set(legend.map(({ place }) => place)).size, legend.length);
    assert.equal(
      legend.reduce((sum, { spans }) => sum + spans, 0),
      40,
    );
  });

  it('read values as people do', () => {
    const column: FieldColumn = {
      type: Uint8Array.of(
        StaticType.String,
        StaticType.Bool,
        StaticType.Int,
        StaticType.Float,
        StaticType.Nil,
      ),
      value: Float64Array.of(0, 1, 200, 0.5, 0),
      strings: ['text'],
    };
    assert.deepEqual(
      [0, 1, 2, 3, 4].map(row => valueAt(column, row)),
      ['text', 'true', '200', '0.5', undefined],
    );
  });
});
