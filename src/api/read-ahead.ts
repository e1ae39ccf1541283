/**
 * What `read` gives for each place, in the order of the places, while up to `width` of them are read at once. Places that
 * arrive over time are asked for while earlier ones are read. A failure, of a place or of the places themselves, waits for
 * its turn. Who stops early leaves those that are under way to themselves.
 */
export async function* readAhead<Place, Result>(
  places: Iterable<Place> | AsyncIterable<Place>,
  width: () => number,
  read: (place: Place) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const source = sourceOf(places);
  const underWay: Promise<Result>[] = [];
  let arriving: Promise<IteratorResult<Place, unknown>> | null = null;
  let isOver = false;
  const take = (arrived: IteratorResult<Place, unknown>) => {
    arriving = null;
    if (arrived.done === true) isOver = true;
    else underWay.push(handled(read(arrived.value)));
  };
  try {
    while (!isOver || underWay.length > 0) {
      while (!isOver && underWay.length < Math.max(1, width())) {
        arriving ??= handled(Promise.resolve(source.next()));
        const [first] = underWay;
        const arrived = await (first === undefined ? arriving : Promise.race([arriving, whenSettled(first)])).catch(
          (error: unknown): IteratorResult<Place, unknown> => {
            underWay.push(handled(Promise.reject(error)));
            return { done: true, value: undefined };
          },
        );
        if (arrived === null) break;
        take(arrived);
      }
      const next = underWay.shift();
      if (next !== undefined) yield await next;
    }
  } finally {
    // Not waited for: whoever stops does not wait for places that nobody reads.
    void Promise.resolve(source.return?.()).catch(() => undefined);
  }
}

function sourceOf<Place>(places: Iterable<Place> | AsyncIterable<Place>): Iterator<Place> | AsyncIterator<Place> {
  return Symbol.asyncIterator in places ? places[Symbol.asyncIterator]() : places[Symbol.iterator]();
}

/** Its turn comes later: until then nobody else has to handle its failure. */
function handled<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => undefined);
  return work;
}

function whenSettled(work: Promise<unknown>): Promise<null> {
  return work.then(
    () => null,
    () => null,
  );
}
