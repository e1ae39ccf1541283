import { fold } from '../model/filter-fold.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Addon, CachedSubscription } from '../model/subscription.ts';
import type { CacheReader } from '../query/cache-reader.ts';
import { keptRead } from '../query/kept-answers.ts';

/** An add-on of one of the customer's subscriptions, from the cache. */
export interface CustomerAddon extends Addon {
  /** The subscription that it belongs to; of an add-on that is a subscription of its own: itself. */
  readonly ref: string;
  readonly of: string;
  readonly organization: string | null;
  /** ISO 8601 UTC. */
  readonly readAt: string;
  /** A write was sent for the subscription since. */
  readonly isOutdated: boolean;
}

export interface CustomerAddons {
  /** By name. */
  readonly addons: readonly CustomerAddon[];
  /** Subscriptions whose add-ons were never read, at vendors that can be asked for them. */
  readonly unread: number;
  /** The commands that read those, one for each organization. */
  readonly commands: readonly string[];
}

/** `asks`: whether a connection can list the add-ons of a subscription. */
export function addonsOf(
  cache: Pick<CacheReader, 'answer'>,
  rows: readonly CachedSubscription[],
  asks: (connection: string) => boolean,
): CustomerAddons {
  const addons: CustomerAddon[] = rows.filter(({ isAddon }) => isAddon).map(ofRow);
  const known = new Set(rows.filter(({ isAddon }) => isAddon).map(({ connection, id }) => `${connection}/${id}`));
  const unread: CachedSubscription[] = [];
  for (const row of rows) {
    if (row.isAddon) continue;
    const kept = keptRead(cache, row, 'addons');
    if (kept === null) {
      if (asks(row.connection)) unread.push(row);
      continue;
    }
    const { readAt, isOutdated } = kept;
    const place = { ref: row.ref, of: row.name, organization: row.organization?.name ?? null };
    for (const addon of kept.value) {
      if (!known.has(`${row.connection}/${addon.id}`)) addons.push({ ...addon, ...place, readAt, isOutdated });
    }
  }
  return {
    addons: addons.toSorted((one, other) => compare(fold(one.name), fold(other.name)) || compare(one.ref, other.ref)),
    unread: unread.length,
    commands: [...new Set(unread.map(commandFor))],
  };
}

/** Whether an add-on has a text in its name or id. */
export function hasText({ name, id }: Pick<Addon, 'name' | 'id'>, text: string): boolean {
  const wanted = fold(text.trim());
  return [name, id].some((each) => fold(each).includes(wanted));
}

function ofRow(row: CachedSubscription): CustomerAddon {
  const { ref, id, name, quantity, status, renewal, endsAt, organization, readAt } = row;
  return {
    ...{ id, name, quantity, status, endsAt, cancelAtPeriodEnd: renewal?.mode === 'cancel' },
    ...{ ref, of: row.name, organization: organization?.name ?? null, readAt, isOutdated: false },
  };
}

function commandFor({ connection, organization }: CachedSubscription): string {
  const within = `organization=${connection}/${organization?.id ?? ''}`;
  return `subdeck sync --details --within ${shellWord(within)}`;
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
