import { type Fault, FaultError } from '../model/fault.ts';

/** So many places in a row that cannot be reached are no trouble of theirs: the vendor is down. */
const failuresInARow = 3;

/**
 * Reads one place after the other. A fault that only this place has is told, under its name, and its items are none; one
 * that the next place would meet as well is thrown.
 */
export function oneByOne<Place, Item>(
  nameOf: (place: Place) => string,
  read: (place: Place) => Promise<readonly Item[]>,
  onDoubt: (fault: Fault) => void,
): (place: Place) => Promise<readonly Item[]> {
  let inARow = 0;
  return async (place) => {
    try {
      const items = await read(place);
      inARow = 0;
      return items;
    } catch (error) {
      if (!(error instanceof FaultError) || isOfTheWhole(error.fault)) throw error;
      if (error.fault.kind === 'unreachable' && ++inARow >= failuresInARow) throw error;
      onDoubt({ ...error.fault, message: `${nameOf(place)}: ${error.fault.message}` });
      return [];
    }
  };
}

function isOfTheWhole({ kind }: Fault): boolean {
  return kind === 'signed-out' || kind === 'interrupted';
}
