import * as v from 'valibot';
import { ref } from './request-shapes.ts';

/** A cancellation request says whether the record stays; null: the connection has only one way. */
export const cancelSchema = v.object({
  verb: v.literal('cancel'),
  ref,
  mode: v.nullable(v.picklist(['cancel', 'delete'])),
});
export type CancelRequest = Readonly<v.InferOutput<typeof cancelSchema>>;
