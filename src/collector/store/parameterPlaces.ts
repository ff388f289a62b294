import type { SqlModule } from './sqlModule';

const minBytes = 64;
const maxBytes = 64 * 1024;

/** Memory of WebAssembly that belongs to one parameter. */
interface Place {
  readonly address: number;
  readonly length: number;
}

/**
 * Where the values of a statement's parameters lie while they are bound, each where the last one of its parameter lay:
 * SQLite need not copy it, and nobody has to ask malloc for memory, which takes longer than all else that binding does.
 */
export class ParameterPlaces {
  private readonly places: (Place | undefined)[] = [];

  constructor(private readonly module: SqlModule) {}

  /** Whether a value of so many bytes may stay in memory until the next one comes. */
  static hasRoomFor(bytes: number): boolean {
    return bytes <= maxBytes;
  }

  /** Copies the value and answers its address, which must be bound at once: nothing may go on reading the last one's. */
  put(parameter: number, value: Uint8Array): number {
    const { address } = this.place(parameter, value.length);
    this.module.heap.set(value, address);
    return address;
  }

  free(): void {
    for (const place of this.places.splice(0)) if (place) this.module.api._free(place.address);
  }

  private place(parameter: number, bytes: number): Place {
    const old = this.places[parameter];
    if (old && old.length >= bytes) return old;
    // Twice as much, so that values that grow do not move every time.
    const length = Math.max(minBytes, Math.min(2 * bytes, maxBytes));
    const place = { address: this.module.allocate(length), length };
    if (old) this.module.api._free(old.address);
    this.places[parameter] = place;
    return place;
  }
}
