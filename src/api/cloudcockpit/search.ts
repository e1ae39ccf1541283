import type { Fault } from '../../model/fault.ts';
import type { Filter } from '../../model/filter.ts';
import type { Status } from '../../model/subscription.ts';
import type { LiveQuery, Page } from '../vendor.ts';
import { isBelow } from '../within.ts';
import { queryNames, stableSort, statusSeparator } from './assumptions.ts';
import { type Cockpit, namesIn } from './cockpit.ts';
import { readDirectory } from './directory.ts';
import { allSubscriptions, customerSubscriptions } from './lists.ts';

/** The vendor's words for ours. What can be any word (pending, error, unknown) is not asked for. */
const statusWords: Readonly<Partial<Record<Status, readonly string[]>>> = {
  active: ['Active'],
  suspended: ['Suspended', 'Disabled'],
  expired: ['Expired'],
  cancelled: ['Deleted'],
};

const sortNames: Readonly<Record<string, string>> = {
  service: 'Offer.Name',
  product: 'Offer.Name',
  status: 'Status',
  starts: 'StartDate',
  ends: 'EndDate',
};

/**
 * Rows asked of CloudCockpit itself: the search text, the order and, in the list of one customer, status, reseller and
 * offer. The list of all knows no such filter. Nothing is claimed as `applied`: which columns the vendor searches is not
 * documented, so the caller looks at each row again.
 */
export async function* search(
  cockpit: Cockpit,
  query: LiveQuery,
): AsyncGenerator<Page & { readonly applied: readonly number[] }, void, undefined> {
  const { within, signal } = query;
  const missing: Fault[] = [];
  const onDoubt = (fault: Fault) => missing.push(fault);
  const directory = await readDirectory(cockpit, cockpit.role, { signal, onDoubt });
  const customerId = within.find(({ level }) => level === 'organization')?.id ?? null;
  const common = { names: namesIn(directory), signal, onDoubt };
  const lists =
    cockpit.role.kind === 'csp' && customerId === null
      ? [allSubscriptions(cockpit, { ...common, query: generalQuery(query) })]
      : directory.customers
          .filter(({ id }) => customerId === null || id === customerId)
          .map(({ id }) => customerSubscriptions(cockpit, id, { ...common, query: customerQuery(query) }));
  let done = 0;
  for (const list of lists) {
    for await (const { items, total } of list) {
      done += items.length;
      const rows = items.filter(({ subscription }) => within.every((pin) => isBelow(subscription, pin)));
      const progress = { done, total: lists.length === 1 ? total : null };
      yield { rows, nodes: [], progress, resume: null, complete: false, missing: missing.splice(0), applied: [] };
    }
  }
}

/** What every list takes. */
export function generalQuery({ filter, search, sort }: Pick<LiveQuery, 'filter' | 'search' | 'sort'>): QueryWords {
  const property = sort === null ? undefined : sortNames[sort.field];
  return {
    [queryNames.search]: search?.trim() || soleWord(filter),
    [queryNames.sort]: property ?? stableSort,
    [queryNames.ascending]: String(property === undefined || !sort?.descending),
  };
}

type QueryWords = Readonly<Record<string, string | null>>;

/** What the list of one customer takes beside that. */
export function customerQuery(query: Pick<LiveQuery, 'filter' | 'search' | 'sort' | 'within'>): QueryWords {
  const pinned = (level: 'reseller' | 'service') => query.within.find((pin) => pin.level === level)?.id ?? null;
  return {
    ...generalQuery(query),
    [queryNames.statuses]: statusesOf(query.filter),
    resellerId: pinned('reseller'),
    offerId: pinned('service'),
  };
}

/** One bare word can be searched for; of several, which all must match, the vendor may make anything. */
function soleWord(filter: Filter): string | null {
  const words = filter.flatMap((term) => (term.kind === 'word' && !term.negated ? [term.text] : []));
  return words.length === 1 ? (words[0] ?? null) : null;
}

function statusesOf(filter: Filter): string | null {
  for (const term of filter) {
    if (term.kind !== 'equals' || term.field !== 'status' || term.negated) continue;
    const words = Object.entries(statusWords).find(([status]) => status === term.text.toLowerCase())?.[1];
    if (words !== undefined) return words.join(statusSeparator);
  }
  return null;
}
