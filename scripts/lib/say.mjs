const colours = process.stdout.isTTY && !process.env.NO_COLOR;

/** @param {number} code @param {string} text */
const paint = (code, text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);

/** @param {string} text */
export const bold = text => paint(1, text);
/** @param {string} text */
export const red = text => paint(31, text);
/** @param {string} text */
export const green = text => paint(32, text);
/** @param {string} text */
export const dim = text => paint(2, text);

/** Prints one plain line of progress. @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Time passed since `start` (from `performance.now()`) as people read it: `4.2 s`, `3 min 05 s`.
 * @param {number} start
 */
export function elapsed(start) {
  const seconds = (performance.now() - start) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}
