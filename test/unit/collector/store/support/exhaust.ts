import type { SqlModule } from '../../../../../src/collector/store/sqlModule';

/**
 * Takes all memory that WebAssembly gives sql.js, down to the last piece of 16 bytes. Nothing is written there, so that
 * hardly any of it becomes resident. Answers how to give it back.
 */
export function exhaust({ api }: SqlModule): () => void {
  const taken: number[] = [];
  for (let length = 2 ** 29; length >= 16; length /= 2)
    for (let address = api._malloc(length); address !== 0; address = api._malloc(length)) taken.push(address);
  return () => {
    for (const address of taken.splice(0)) api._free(address);
  };
}
