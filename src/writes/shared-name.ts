import type { Subscription } from '../model/subscription.ts';
import type { WriteDeps } from './deps.ts';

/**
 * Whether another cached subscription, on any connection, has this name: then typing the name does not identify the
 * target. The same subscription seen through another connection has the same id.
 */
export function isNameShared({ cache }: Pick<WriteDeps, 'cache'>, { id, name }: Subscription): boolean {
  const window = cache.subscriptionWindow({
    scope: [],
    connections: null,
    filter: [
      { negated: false, kind: 'equals', field: 'name', text: name },
      { negated: true, kind: 'equals', field: 'id', text: id },
    ],
    search: null,
    sort: [],
    offset: 0,
    limit: 1,
  });
  return window.rows.length > 0;
}
