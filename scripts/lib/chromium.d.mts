/** An installed Chromium, Chrome or Edge; `CAUSEWAY_CHROMIUM` names one that is somewhere else. */
export function findChromium(): string | undefined;

/** The same, installed first where none is found. */
export function ensureChromium(): Promise<string>;
