import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { CountingReporter } from '../../../scripts/test/reporter.mjs';

/**
 * What VS Code calls for `extensionTestsPath`, on the desktop and in the browser alike: mocha over the bundled specs
 * beside this file. Rejects when a test fails, which VS Code turns into the exit code of the run.
 */
export async function run(): Promise<void> {
  console.log(`VS Code ${vscode.version} (${vscode.env.appHost}), Node ${process.versions.node}`);
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 20_000,
    forbidOnly: true,
    forbidPending: true,
    reporter: CountingReporter,
    reporterOptions: { counts: process.env['CAUSEWAY_TEST_COUNTS'] },
  });
  const specs = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.test.js'),
  );
  for (const spec of specs.sort()) mocha.addFile(join(__dirname, spec));
  const failures = await new Promise<number>(resolve => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
