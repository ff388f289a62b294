import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Tests are over; what still keeps the process alive after this long was left open by one of them. */
const LEAK_MS = 10_000;

/**
 * Mocha's `spec` for people, and the counts as JSON in the file named by the reporter option `counts` for the summary.
 * Pending tests count as failures: mocha calls them neither, and a skipped test would go unnoticed.
 */
export class CountingReporter extends Mocha.reporters.Spec {
  /** @param {Mocha.Runner} runner @param {Mocha.MochaOptions} options */
  constructor(runner, options) {
    super(runner, options);
    const file = options.reporterOptions?.counts;
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures + pending }));
      if (options.reporterOptions?.exit) setTimeout(exitWithLeak, LEAK_MS).unref();
    });
  }
}

function exitWithLeak() {
  console.error('The tests are over but something is still open:', process.getActiveResourcesInfo());
  process.exit(1);
}

// Mocha's command line takes a reporter as the default export of a module.
export default CountingReporter;
