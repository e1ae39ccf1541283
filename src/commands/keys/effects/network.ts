import type { Fault } from '../../../model/fault.ts';
import type { Context } from '../../context.ts';

/**
 * Whether the network seems to be lost: the last reading of every connection brought no answer at all. One vendor that
 * answers, be it with a refusal, is a network.
 */
export function isNetworkLost({ connections, cache, sync }: Pick<Context, 'cache' | 'connections' | 'sync'>): boolean {
  if (connections.list.length === 0 || sync.running().length > 0) return false;
  return connections.list.every(({ name }) => isSilence(cache.freshness(name).lastFault));
}

function isSilence(fault: Fault | null): boolean {
  return fault?.kind === 'unreachable' && fault.vendor === null;
}
