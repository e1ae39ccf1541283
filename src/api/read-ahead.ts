/**
 * What `read` gives for each place, in the order of the places, while up to `width` of them are read at once. Who stops
 * early leaves those that are under way to themselves.
 */
export async function* readAhead<Place, Result>(
  places: readonly Place[],
  width: number,
  read: (scope: Place) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const underWay: Promise<Result>[] = [];
  for (const [index] of places.entries()) {
    for (const scope of places.slice(index + underWay.length, index + width)) {
      const reading = read(scope);
      // Its turn comes later; a fault until then is nobody's yet.
      reading.catch(() => undefined);
      underWay.push(reading);
    }
    const next = underWay.shift();
    if (next !== undefined) yield await next;
  }
}
