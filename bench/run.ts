import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatRows, type BenchRow } from './lib/measure';

// `npm run bench [-- name…]`: runs bench/*.bench.ts, or those whose file name contains a given name, and prints one table.
// Each file has a process of its own, because what one of them does to the optimising compiler would show in the next.
// A file exports bench(): BenchRow[] or a promise of it.

interface BenchModule {
  bench(): BenchRow[] | Promise<BenchRow[]>;
}

async function main(args: readonly string[]): Promise<void> {
  const [mode, file] = args;
  if (mode === '--one' && file !== undefined) {
    const module = (await import(pathToFileURL(file).href)) as BenchModule;
    const rows = await module.bench();
    process.send?.(rows, () => process.exit());
    return;
  }
  const files = readdirSync(import.meta.dirname).filter(
    name => name.endsWith('.bench.ts') && (args.length === 0 || args.some(wanted => name.includes(wanted))),
  );
  if (files.length === 0) throw new Error(`no benchmark is called ${args.join(' or ')}`);
  const rows: BenchRow[] = [];
  for (const name of files) {
    console.error(`running ${name} …`);
    rows.push(...(await runAlone(path.join(import.meta.dirname, name))));
  }
  console.log(formatRows(rows));
}

function runAlone(file: string): Promise<BenchRow[]> {
  return new Promise(resolve => {
    const child = fork(import.meta.filename, ['--one', file], { serialization: 'advanced' });
    let rows: BenchRow[] = [];
    child.on('message', message => {
      rows = message as BenchRow[];
    });
    child.on('exit', code => {
      if (code !== 0) process.exitCode = 1;
      resolve(rows);
    });
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
