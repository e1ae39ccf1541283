import * as v from 'valibot';

/** A short list: bare, or the one array in an object. Long ones are streamed. */
export const listWire = v.union([
  v.array(v.unknown()),
  v.pipe(
    v.record(v.string(), v.unknown()),
    v.transform((object) => Object.values(object).find(Array.isArray)),
    v.array(v.unknown()),
  ),
]);

/** A single object: its fields are checked later, one by one. */
export const objectWire = v.record(v.string(), v.unknown());
