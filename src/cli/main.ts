import { run } from './run';

// The exit code is set and not forced: what was printed into a pipe must go out first.
void run(process.argv.slice(2), process).then(code => (process.exitCode = code));
