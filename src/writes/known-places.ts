import type { KnownPlaces } from '../operations/creation.ts';
import type { WriteDeps } from './deps.ts';

/** Cached organizations and services of one connection. */
export function knownPlaces({ cache }: Pick<WriteDeps, 'cache'>, connection: string): KnownPlaces {
  return {
    name(level, id) {
      const node = cache.node({ level, connection, id });
      return node === null ? null : { name: node.name, readAt: node.readAt };
    },
    resellerOf(organization) {
      const window = cache.subscriptionWindow({
        scope: [{ level: 'organization', connection, id: organization }],
        connections: [connection],
        filter: [],
        search: null,
        sort: [],
        offset: 0,
        limit: 1,
      });
      return window.rows[0]?.reseller?.id ?? null;
    },
  };
}
