/**
 * Gives each service a place in a palette of `size` colours. A service prefers the same place in every trace (a hash of
 * its name); where two want one, the next free place is taken; with more services than places the least used is
 * shared. Services that already have a place keep it, so that a growing trace does not change colours.
 */
export function assignServices(
  services: readonly string[],
  size: number,
  known: ReadonlyMap<string, number> = new Map(),
): Map<string, number> {
  const places = new Map<string, number>();
  const used = new Array<number>(size).fill(0);
  const take = (service: string, place: number) => {
    places.set(service, place);
    used[place] = (used[place] ?? 0) + 1;
  };
  for (const service of services) {
    const place = known.get(service);
    if (place !== undefined) take(service, place);
  }
  for (const service of [...services].sort()) {
    if (places.has(service)) continue;
    const least = Math.min(...used);
    let place = hash(service) % size;
    while (used[place] !== least) place = (place + 1) % size;
    take(service, place);
  }
  return places;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
