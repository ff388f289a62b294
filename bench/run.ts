import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { formatRows, type BenchRow } from './lib/measure';

// `npm run bench [-- name…]`: runs bench/*.bench.ts, or those whose file name contains a given name, and prints one table.
// A file exports bench(): BenchRow[] or a promise of it. Each file is bundled as the product is (modules that are
// loaded one by one run slower), and has a process of its own, because what one of them does to the optimising compiler
// would show in the next. The working directory is the repository's root.

interface BenchModule {
  bench: () => BenchRow[] | Promise<BenchRow[]>;
}

const root = path.dirname(import.meta.dirname);
const out = path.join(root, 'out', 'bench');

async function main(args: readonly string[]): Promise<void> {
  const [mode, file] = args;
  if (mode === '--one' && file !== undefined) {
    const module = (await import(pathToFileURL(file).href)) as BenchModule;
    const rows = await module.bench();
    process.send?.(rows, () => process.exit());
    return;
  }
  const names = readdirSync(import.meta.dirname).filter(
    name => name.endsWith('.bench.ts') && (args.length === 0 || args.some(wanted => name.includes(wanted))),
  );
  if (names.length === 0) throw new Error(`no benchmark is called ${args.join(' or ')}`);
  mkdirSync(out, { recursive: true });
  const rows: BenchRow[] = [];
  for (const name of names) {
    console.error(`running ${name} …`);
    const outfile = path.join(out, name.replace(/\.ts$/, '.mjs'));
    await build({
      entryPoints: [path.join(import.meta.dirname, name)],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
    });
    rows.push(...(await runAlone(outfile)));
    rmSync(outfile);
  }
  console.log(formatRows(rows));
}

function runAlone(file: string): Promise<BenchRow[]> {
  return new Promise(resolve => {
    const child = fork(import.meta.filename, ['--one', file], { cwd: root, serialization: 'advanced' });
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
