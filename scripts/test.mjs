// npm test [-- step…]: installs, builds, checks and runs every suite; the last line is `N passed, N failed`.
import { requireNode } from './lib/requireNode.mjs';
import { bold, elapsed, green, red, say } from './lib/say.mjs';
import { steps } from './test/steps.mjs';
import { sum } from './test/tally.mjs';

requireNode();
const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !steps.some(step => step.name === name));
if (unknown.length > 0) {
  console.error(`No step ${unknown.join(', ')}. There are: ${steps.map(step => step.name).join(' ')}`);
  process.exit(2);
}

const chosen = wanted.length === 0 ? steps : steps.filter(({ name }) => wanted.includes(name));
/** @type {(import('./test/tally.mjs').Tally & { title: string, time: string })[]} */
const results = [];
for (const [index, step] of chosen.entries()) {
  const start = performance.now();
  say(`\n${bold(`[${index + 1}/${chosen.length}] ${step.title}`)}`);
  const tally = await step.run().catch(error => {
    console.error(error);
    return {
      passed: 0,
      failed: 1,
      note: error instanceof Error ? error.message.split('\n', 1)[0] : undefined,
    };
  });
  results.push({ ...tally, title: step.title, time: elapsed(start) });
  say(`${step.title}: ${tally.passed} passed, ${tally.failed} failed in ${elapsed(start)}`);
}

say(`\n${bold('Summary')}`);
for (const { title, passed, failed, time, note = '' } of results) {
  const mark = failed > 0 ? red('failed') : green('passed');
  say(
    `  ${mark}  ${title.padEnd(28)} ${String(passed).padStart(5)} / ${String(passed + failed).padEnd(5)} ${time.padStart(12)}  ${note}`,
  );
}
const total = sum(results);
say(`  in all ${elapsed(0)}\n`);
say(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
