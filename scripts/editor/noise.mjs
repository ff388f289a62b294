/**
 * Console errors of the workbench itself, which say nothing about the extension: hosts that a test must not reach, native
 * modules that are not built here, and parts that code-server leaves out.
 */
const NOISE = [
  /Failed to load resource/,
  /net::ERR_/,
  /open-vsx\.org|extensionquery/,
  /A bad HTTP response code \(404\) was received when fetching the script/,
  /\[Service Worker\] registration/,
  /Could not locate the bindings file|Release\/watchdog|vsda/,
];

/** @param {string} text */
export const isNoise = text => NOISE.some(pattern => pattern.test(text));
