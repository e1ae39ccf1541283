import * as v from 'valibot';

/** Shared parts of the requests' schemas. */
export const ref = v.string();
export const quantity = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const changes = v.record(v.string(), v.string());
