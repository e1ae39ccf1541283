import * as v from 'valibot';
import { ref } from './request-shapes.ts';

/** A request to cancel says whether the record stays or goes; null: as the only way that the connection has. */
export const cancelSchema = v.object({
  verb: v.literal('cancel'),
  ref,
  mode: v.nullable(v.picklist(['cancel', 'delete'])),
});
export type CancelRequest = Readonly<v.InferOutput<typeof cancelSchema>>;
