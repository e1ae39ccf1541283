import { FaultError } from '../../model/fault.ts';
import type { Followed, PollResult } from '../contract.ts';
import { retryAfterOf } from '../http/retry.ts';
import { path } from '../http/url-path.ts';
import { oneObject } from '../identity.ts';
import { meaningOf } from '../word-meaning.ts';
import { requestWords } from './assumptions.ts';
import type { InterworksClient } from './client.ts';
import { subscriptionPath } from './reads.ts';
import { quantityRequestWire } from './wire.ts';

/** One look at a quantity decrease. */
export async function followInterworks(
  client: InterworksClient,
  { target, vendorRequestId }: Followed,
  signal?: AbortSignal,
): Promise<PollResult> {
  const address = subscriptionPath(target.id) + path`/quantityrequest/${vendorRequestId}`;
  const asked = oneObject({ 'requestId|id': vendorRequestId }, { subscriptionId: target.id });
  try {
    const { body, headers } = await client.read.answer({ path: address, asked, signal }, quantityRequestWire);
    const word = body.status?.name ?? body.state?.name ?? null;
    return {
      state: meaningOf(requestWords, (word ?? '').toLowerCase().replace(/[\s_-]/g, '')) ?? 'unknown',
      vendorState: word,
      reason: body.message,
      retryAfterMs: retryAfterOf(headers, client.now()),
    };
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.kind !== 'missing') throw error;
    return { state: 'unknown', vendorState: null, reason: null, retryAfterMs: null };
  }
}
