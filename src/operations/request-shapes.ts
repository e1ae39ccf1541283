import * as v from 'valibot';

/** Parts of the shapes of requests. */
export const ref = v.string();
export const quantity = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const changes = v.record(v.string(), v.string());
