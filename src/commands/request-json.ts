import type { Request } from '../model/request.ts';

/** A request as the contract's JSON has it, key by key. */
export function requestJson(request: Request): object {
  const { id, ref, state, vendorState, vendorRequestId, from, to, startedAt, checkedAt, nextCheckAt } = request;
  return { id, ref, state, vendorState, vendorRequestId, from, to, startedAt, checkedAt, nextCheckAt };
}
