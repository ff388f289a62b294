import type { Place } from '../../../../src/protocol/waterfallProtocol';
import { Store } from '../../../ui/store';

/** More steps back are not kept. */
const mostPlaces = 50;

/** Places at which links were followed, the last one last: the way back. */
export class LinkHistory {
  readonly places: Store<readonly Place[]>;

  constructor(saved: readonly Place[] = []) {
    this.places = new Store(saved);
  }

  add(place: Place): void {
    this.places.set([...this.places.value, place].slice(-mostPlaces));
  }

  /** Takes the last one out. */
  take(): Place | undefined {
    const { value } = this.places;
    if (value.length > 0) this.places.set(value.slice(0, -1));
    return value.at(-1);
  }
}
