import { type Fault, FaultError } from '../model/fault.ts';

/** So many places in a row that cannot be reached are no trouble of theirs: the vendor is down. */
const failuresInARow = 3;

/**
 * Reads one place after the other. A fault that only this place has is told, under its name, and its items are none; one
 * that the next place would meet as well is thrown.
 */
export function oneByOne<Place, Item>(
  nameOf: (scope: Place) => string,
  read: (scope: Place) => Promise<readonly Item[]>,
  onIncomplete: (fault: Fault) => void,
): (scope: Place) => Promise<readonly Item[]> {
  let inARow = 0;
  return async (scope) => {
    try {
      const items = await read(scope);
      inARow = 0;
      return items;
    } catch (error) {
      if (!(error instanceof FaultError) || isOfTheWhole(error.fault)) throw error;
      if (error.fault.kind === 'unreachable' && ++inARow >= failuresInARow) throw error;
      onIncomplete({ ...error.fault, message: `${nameOf(scope)}: ${error.fault.message}` });
      return [];
    }
  };
}

function isOfTheWhole({ kind }: Fault): boolean {
  return kind === 'signed-out' || kind === 'interrupted';
}
