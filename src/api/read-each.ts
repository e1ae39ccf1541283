import { type Fault, FaultError } from '../model/fault.ts';
import { readAhead } from './read-ahead.ts';

/** So many places in a row that cannot be reached are no trouble of theirs: the vendor is down. */
const failuresInARow = 3;

/** What was read of one place, and what it had to do without. */
export interface ReadPlace<Place, Item> {
  readonly place: Place;
  readonly items: readonly Item[];
  readonly missing: readonly Fault[];
}

/**
 * Reads up to `width` places at once and gives them in their order. A fault that only this place has is named after it among what is
 * missing, and its items are none; one that the next place would meet as well is thrown.
 */
export async function* readEach<Place, Item>(
  places: Iterable<Place> | AsyncIterable<Place>,
  options: {
    width(): number;
    /** What people call the place. */
    nameOf(place: Place): string;
    /** `onIncomplete`: told of what it had to do without. Throws `FaultError`. */
    read(place: Place, onIncomplete: (fault: Fault) => void): Promise<readonly Item[]>;
  },
): AsyncGenerator<ReadPlace<Place, Item>, void, undefined> {
  const { width, nameOf, read } = options;
  const outcomeOf = async (place: Place) => {
    const missing: Fault[] = [];
    try {
      return { place, items: await read(place, (fault) => missing.push(fault)), missing, error: null };
    } catch (error) {
      return { place, items: [], missing, error };
    }
  };
  let inARow = 0;
  for await (const { place, items, missing, error } of readAhead(places, width, outcomeOf)) {
    if (error === null) {
      inARow = 0;
      yield { place, items, missing };
      continue;
    }
    if (!(error instanceof FaultError) || isOfTheWhole(error.fault)) throw error;
    if (error.fault.kind === 'unreachable' && ++inARow >= failuresInARow) throw error;
    const named = { ...error.fault, message: `${nameOf(place)}: ${error.fault.message}` };
    yield { place, items, missing: [...missing, named] };
  }
}

function isOfTheWhole({ kind }: Fault): boolean {
  return kind === 'signed-out' || kind === 'interrupted';
}
