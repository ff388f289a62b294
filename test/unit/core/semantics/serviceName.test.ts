import assert from 'node:assert/strict';
import type { AttributeValue } from '../../../../src/core/model/attributes';
import { serviceName } from '../../../../src/core/semantics/serviceName';

describe('the service of a resource', () => {
  const cases: { title: string; values: AttributeValue[]; expected: string }[] = [
    { title: 'its service.name', values: ['cart'], expected: 'cart' },
    { title: 'the last of several', values: ['cart', 'checkout'], expected: 'checkout' },
    { title: 'unknown_service without one', values: [], expected: 'unknown_service' },
    { title: 'unknown_service where it is empty', values: [''], expected: 'unknown_service' },
    { title: 'unknown_service where it is no text', values: [7n], expected: 'unknown_service' },
  ];
  for (const { title, values, expected } of cases) {
    it(`is ${title}`, () => {
      const attributes = values.map(value => ({ key: 'service.name', value }));
      assert.equal(serviceName({ attributes, droppedAttributesCount: 0 }), expected);
    });
  }
});
