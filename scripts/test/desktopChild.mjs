import { runTests } from '@vscode/test-electron';

const options = JSON.parse(process.argv[2] ?? '{}');
process.exitCode = await runTests(options);
