/**
 * Console messages of the workbench itself, which say nothing about the extension: hosts that a test must not reach, native
 * modules that are not built here, and parts that code-server leaves out.
 */
const NOISE = [
  /Failed to load resource/,
  /net::ERR_/,
  /open-vsx\.org|extensionquery/,
  /A bad HTTP response code \(404\) was received when fetching the script/,
  /\[Service Worker\] registration/,
  // code-server has neither accounts nor a gallery; a reload in the browser is a shutdown that it comments on.
  /Timed out waiting for authentication provider/,
  /Long running operations during shutdown are unsupported in the web/,
  /IndexedDB database '[^']*' is closed|Throttler is disposed/,
  /^\[(AccountPolicyGate|AgentHost)/,
  // It saves settings of its own while the extension host still starts; the extension takes part in no save.
  /Aborted onWillSaveTextDocument-event/,
  /Could not locate the bindings file|Release\/watchdog|vsda/,
];

/** @param {string} text */
export const isNoise = text => NOISE.some(pattern => pattern.test(text));
