/** See curl.mjs. */
export function ensureCurl(): Promise<string>;
