import { type Customer, customerAt } from '../customers/customer.ts';
import { customerPage } from '../customers/customer-page.ts';
import { organizationOf } from '../customers/organization.ts';
import type { Filter } from '../model/filter.ts';
import { fold } from '../model/filter-fold.ts';
import { matchesRow, matchesTerm } from '../model/filter-match.ts';
import { parseFilter } from '../model/filter-parse.ts';
import { lazily } from '../model/lazily.ts';
import { journalFields, requestFields } from '../model/record-fields.ts';
import { parseReference } from '../model/reference.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import { rulesIn } from '../today/next-step.ts';
import { accountsIn, basesIn } from '../today/today.ts';
import { usualDurations } from '../writes/usual-durations.ts';
import { type CustomerFrame, type CustomerRow, type CustomerScreen, tabCounts } from './customer-screen.ts';
import { inMemory, readList } from './read-list.ts';
import { rowId } from './row-id.ts';
import { parsedBy } from './screen-filter.ts';
import type { Sources } from './sources.ts';

const minute = 60_000;
/** While the cache is being filled, the page is read again at this interval, or at so many times what it takes: keys come between. */
const calm = { least: 2_000, times: 20 };

/** Reads again when the journal changed, some time after the cache changed, and once a minute, since deadlines pass. */
export function readFrame(frame: CustomerFrame, from: Sources): CustomerFrame {
  const { cache, journal, clock } = from;
  const stamp = JSON.stringify([journal.revision(), cache.revision(), frame.asking]);
  const now = clock.now();
  const [then] = JSON.parse(frame.stamp ?? '[null]') as readonly unknown[];
  const isDue =
    frame.page === null ||
    then !== journal.revision() ||
    (stamp !== frame.stamp && now - frame.at >= Math.max(calm.least, calm.times * frame.took)) ||
    now - frame.at >= minute;
  if (!isDue) return frame;
  const began = clock.monotonic();
  const customer = customerOf(frame, from);
  const page = customer === null ? null : customerPage(pageDeps(frame, from), customer, now);
  return { ...frame, customer, page, stamp, at: now, took: clock.monotonic() - began };
}

function customerOf({ organization: key }: CustomerFrame, { cache, journal, connections }: Sources): Customer | null {
  const deps = { cache, journal, connections: connections.list };
  const organization = organizationOf(deps, key);
  return organization === null ? null : customerAt(deps, organization);
}

function pageDeps({ asking }: CustomerFrame, { cache, journal, connections }: Sources) {
  return {
    ...{
      cache,
      journal,
      usual: usualDurations(journal),
      asksAddons: (name: string) => asking?.includes(name) === true,
    },
    ...{ rulesOf: rulesIn(connections.list), accountOf: accountsIn(connections.list) },
    basisOf: basesIn(connections.list),
  };
}

export function readCustomer(screen: CustomerScreen, from: Sources, height: number): CustomerScreen {
  const frame = readFrame(screen.frame, from);
  const { tab, filterText } = screen;
  const shown = lazily(() => rowsOf(tab, frame, from).filter(testOf(screen, from)));
  const question = inMemory(JSON.stringify([tab, filterText]), frame.at, rowId.customer, shown.get);
  const list = readList(screen.list, question, height);
  if (frame === screen.frame && list === screen.list) return screen;
  return { ...screen, frame, list, unfiltered: tabCounts(frame)?.[tab] ?? null };
}

function rowsOf(
  tab: CustomerScreen['tab'],
  { page }: CustomerFrame,
  { cache, journal }: Sources,
): readonly CustomerRow[] {
  if (page === null) return [];
  switch (tab) {
    case 'addons':
      return page.addons.map((addon) => ({ kind: 'addon', id: JSON.stringify([addon.ref, addon.id]), addon }));
    case 'requests':
      return page.requests.map((request) => {
        const row = cached(cache, request.ref);
        const named = { name: row?.name ?? null, organization: row?.organization?.name ?? null };
        return { kind: 'request', id: request.id, row: { request, ...named } };
      });
    case 'deadlines':
      return page.items.map((item) => ({
        ...{ kind: 'item', id: item.key, item },
        row: item.ref === null ? null : cached(cache, item.ref),
        entry: item.journalId === null ? null : journal.entry(item.journalId),
      }));
    case 'changes':
      return page.changes.map((change) => {
        const { ref, field, seenAt } = change;
        return { kind: 'change', id: JSON.stringify([ref, field, seenAt]), change };
      });
    case 'journal':
      return page.entries.map((entry) => ({ kind: 'entry', id: entry.id, entry }));
  }
}

/** The filter of a tab: requests and the journal have their own fields, the others those of subscriptions. */
function testOf({ tab, filterText }: CustomerScreen, { cache, clock }: Sources): (row: CustomerRow) => boolean {
  const now = clock.now();
  if (tab === 'requests' || tab === 'journal') {
    const parsed = parsedBy(tab, filterText);
    if (!parsed.ok) return () => true;
    return (row) => {
      if (row.kind === 'request') return matchesRow(parsed.filter, requestFields, row.row, now);
      return row.kind !== 'entry' || matchesRow(parsed.filter, journalFields, row.entry, now);
    };
  }
  const parsed = parseFilter(filterText);
  return (row) => !parsed.ok || matchesSubject(parsed.filter, row, cache, now);
}

/** Words are looked for in what the row shows, everything else in its subscription. */
function matchesSubject(filter: Filter, row: CustomerRow, cache: Sources['cache'], now: number): boolean {
  return filter.every((term) => {
    if (term.kind === 'word') {
      const wanted = fold(term.text);
      return textsOf(row).some((text) => fold(text).includes(wanted)) !== term.negated;
    }
    const of = subscriptionOf(row, cache);
    return of !== null && matchesTerm(term, of, now);
  });
}

function textsOf(row: CustomerRow): readonly string[] {
  switch (row.kind) {
    case 'addon':
      return [row.addon.name, row.addon.id, row.addon.of];
    case 'request':
      return [row.row.name ?? '', row.row.request.ref, row.row.request.state];
    case 'item':
      return [row.item.name ?? '', row.item.ref ?? '', row.item.why, row.item.brief];
    case 'change':
      return [row.change.name, row.change.ref, row.change.field, row.change.from ?? '', row.change.to ?? ''];
    case 'entry':
      return [row.entry.sentence, row.entry.ref, row.entry.by, row.entry.reason ?? ''];
  }
}

/** The REF of what a row is about. */
export function refOfRow(row: CustomerRow): string | null {
  switch (row.kind) {
    case 'addon':
      return row.addon.ref;
    case 'request':
      return row.row.request.ref;
    case 'item':
      return row.item.ref;
    case 'change':
      return row.change.ref;
    case 'entry':
      return row.entry.ref;
  }
}

function subscriptionOf(row: CustomerRow, cache: Sources['cache']): CachedSubscription | null {
  const ref = refOfRow(row);
  return ref === null ? null : cached(cache, ref);
}

function cached(cache: Sources['cache'], ref: string): CachedSubscription | null {
  const reference = parseReference(ref);
  return reference === null ? null : cache.subscription(reference.connection, reference.id);
}
