import type { Subscription } from '../model/subscription.ts';
import type { WriteDeps } from './deps.ts';

/**
 * Whether another subscription that the cache knows, on any connection, has this one's name: then typing the name does not
 * say which of them is meant. The same subscription seen through another connection has the same id.
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
