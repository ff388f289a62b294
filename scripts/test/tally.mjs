/**
 * What a suite came to. `note` says what a reader of the summary should know, such as which VS Code ran it.
 * @typedef {{ passed: number, failed: number, note?: string | undefined }} Tally
 */

/** A static check counts as one test. @param {boolean} good @returns {Tally} */
export const oneTest = good => ({ passed: good ? 1 : 0, failed: good ? 0 : 1 });

/** @param {readonly Tally[]} tallies @returns {Tally} */
export const sum = tallies => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.reduce((total, { failed }) => total + failed, 0),
});
