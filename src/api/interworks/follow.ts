import { FaultError } from '../../model/fault.ts';
import { oneObject } from '../identity.ts';
import { meaningOf } from '../meaning.ts';
import { path } from '../path.ts';
import { retryAfterOf } from '../retry.ts';
import type { Followed, Look } from '../vendor.ts';
import type { InterworksApi } from './api.ts';
import { requestWords } from './assumptions.ts';
import { readSubscription, subscriptionPath } from './reads.ts';
import { quantityRequestWire } from './wire.ts';

/** One look at a quantity decrease. Where the platform gave no request id, the subscription itself says when it is done. */
export async function followInterworks(
  api: InterworksApi,
  { target, vendorRequestId, after }: Followed,
  signal?: AbortSignal,
): Promise<Look> {
  if (vendorRequestId === null) return lookAtSubscription(api, target.id, after.quantity, signal);
  const address = subscriptionPath(target.id) + path`/quantityrequest/${vendorRequestId}`;
  const asked = oneObject({ 'requestId|id': vendorRequestId }, { subscriptionId: target.id });
  try {
    const { body, headers } = await api.read.answer({ path: address, asked, signal }, quantityRequestWire);
    const word = body.status?.name ?? body.state?.name ?? null;
    return {
      state: meaningOf(requestWords, (word ?? '').toLowerCase().replace(/[\s_-]/g, '')) ?? 'unknown',
      vendorState: word,
      reason: body.message,
      retryAfterMs: retryAfterOf(headers, api.now()),
    };
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.kind !== 'missing') throw error;
    return { state: 'unknown', vendorState: null, reason: null, retryAfterMs: null };
  }
}

async function lookAtSubscription(
  api: InterworksApi,
  id: string,
  wished: unknown,
  signal: AbortSignal | undefined,
): Promise<Look> {
  const reading = await readSubscription(api, { id }, signal);
  const nothing = { vendorState: null, reason: null, retryAfterMs: null };
  if (reading === null) return { state: 'unknown', ...nothing };
  return { state: reading.subscription.quantity === wished ? 'done' : 'running', ...nothing };
}
