// Runs a suite in the desktop VS Code: options as JSON in the first argument, the outcome as the exit code.
import { runTests } from '@vscode/test-electron';

process.exitCode = await runTests(JSON.parse(process.argv[2] ?? '{}')).catch(error => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
