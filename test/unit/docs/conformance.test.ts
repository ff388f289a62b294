import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../..');
const suite = 'unit/collector/receiver/conformance';

describe('docs/conformance.md', () => {
  const text = readFileSync(path.join(root, 'docs', 'conformance.md'), 'utf8');
  const named = Array.from(text.matchAll(/`((?:conformance|unit|sdk)\/[\w/]*\w)`/g), ([, name = '']) =>
    name.replace(/^conformance\//, `${suite}/`),
  );

  it('names tests that exist', () => {
    assert.ok(named.length > 50);
    const missing = named.filter(name => !existsSync(path.join(root, 'test', `${name}.test.ts`)));
    assert.deepEqual([...new Set(missing)], []);
  });

  it('names every file of the conformance suite', () => {
    const files = readdirSync(path.join(root, 'test', suite)).filter(name => name.endsWith('.test.ts'));
    const unnamed = files.filter(file => !named.includes(`${suite}/${file.replace('.test.ts', '')}`));
    assert.deepEqual(unnamed, []);
  });
});
