/** A loopback port that nobody listens on now: `wanted` if it is free, else any. */
export function freePort(wanted?: number): Promise<number>;
