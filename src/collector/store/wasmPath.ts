import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Where sql.js's WebAssembly lies: beside the bundle in what ships, in node_modules where the sources run. Throws
 * where it is in neither.
 */
export function findWasm(): string {
  // An ES module has no __dirname; only benchmarks run as one, from the root of the repository.
  const start = typeof __dirname === 'string' ? __dirname : process.cwd();
  const beside = join(start, 'sql-wasm.wasm');
  if (existsSync(beside)) return beside;
  for (let folder = start; ; folder = dirname(folder)) {
    const installed = join(folder, 'node_modules', 'sql.js', 'dist', 'sql-wasm.wasm');
    if (existsSync(installed)) return installed;
    if (dirname(folder) === folder)
      throw new Error(`sql-wasm.wasm is neither in ${start} nor in node_modules`);
  }
}
