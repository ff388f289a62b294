type Step = () => unknown;

/** How long a service may take to finish its requests and flush its spans before it ends anyway. */
const STOP_LIMIT_MS = 3000;

const steps: Step[] = [];
let stopping = false;

/** Runs `step` when the service stops. The last one registered runs first, so telemetry, registered first, flushes last. */
export function onStop(step: Step): void {
  steps.unshift(step);
}

/** Tells the process that started this service (`start.ts`) that it now answers. */
export function reportReady(): void {
  process.send?.('ready');
}

async function runSteps(): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      console.error('while stopping:', error);
    }
  }
}

function stop(): void {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
  void runSteps().then(() => process.exit(0));
}

// A message works on Windows too, where SIGTERM kills without a chance to flush.
process.on('message', message => {
  if (message === 'stop') stop();
});
// The parent is gone, even by SIGKILL: its services do not outlive it.
process.on('disconnect', stop);
process.on('SIGTERM', stop);
process.on('SIGINT', () => {
  // Ctrl+C reaches the whole process group; under `start.ts` the order of the stops is its business.
  if (process.send === undefined) stop();
});
