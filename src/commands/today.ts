import { costText } from '../model/cost.ts';
import { type Fault, fault } from '../model/fault.ts';
import { parseFilter, subscriptionLanguage } from '../model/filter-parse.ts';
import { valuesOfConnections } from '../model/filter-without-match.ts';
import { openToday } from '../state/updates/today.ts';
import { type Colleagues, colleaguesOf, colleagueText } from '../today/colleagues.ts';
import { type Group, groupings, groupsOf, sortedItems, todaySorts } from '../today/groups.ts';
import { type Item, type ItemKind, seats, urgencies } from '../today/item.ts';
import { rulesIn } from '../today/next-step.ts';
import { shownItems } from '../today/shown-items.ts';
import { accountsIn, basesIn, type Today, today } from '../today/today.ts';
import {
  groupKinds,
  itemLabel,
  itemReason,
  itemSubject,
  leftOutSentences,
  type MarkSet,
  markSentences,
  nextSentence,
  todayTitle,
  urgencyTitles,
} from '../today/today-words.ts';
import { usualDurations } from '../writes/usual-durations.ts';
import type { Command, Input } from './command.ts';
import type { ReadingContext } from './context.ts';
import { filterFlag, givenFilter } from './filter-and-sort.ts';
import { requestedScope } from './find.ts';
import { flag, isOn, wholeNumber } from './given-values.ts';
import { groupJson, itemColumns, itemJson, itemRow, missingJson } from './json-rows.ts';
import { listOf, mapOf, object } from './output-shape.ts';
import type { Reply, Section } from './reply.ts';
import { groupShape, itemShape, missingShape } from './row-shapes.ts';
import { listFlags } from './standard-flags.ts';
import { connectionFlag } from './words/flags.ts';

/** More items of a kind are only counted: a million subscriptions have 250,000 dates in 90 days. */
const mostOfAKind = 10_000;

export const todayCommand: Command = {
  id: 'today',
  summary: 'what needs attention, most urgent first',
  words: {
    effect: 'reads',
    output: object(
      { at: 'text', missing: listOf(missingShape) },
      { items: listOf(itemShape), groups: listOf(groupShape), leftOut: mapOf('number') },
    ),
    kind: 'object',
    args: [],
    flags: [
      connectionFlag,
      filterFlag('org:acme -trial', subscriptionLanguage),
      { name: 'group', value: 'BY', choices: groupings, help: `one of ${groupings.join(', ')}` },
      {
        name: 'sort',
        value: 'BY',
        choices: todaySorts,
        help: `${todaySorts.join(', ')}; default: due first`,
      },
      { name: 'snoozed', help: 'also items that are snoozed or done' },
      { name: 'mine', help: 'only items that I took' },
      { name: 'limit', value: 'N', help: 'maximum number of items of each kind' },
      ...listFlags.filter(({ name }) => name !== 'ndjson'),
    ],
    examples: [
      'today',
      'today --group organization --sort money',
      'today --filter org:acme --json',
      'today --mine --csv',
    ],
    run,
  },
  keys: {
    keys: ['T'],
    scopes: ['any'],
    hint: 'today',
    readerKey: 't',
    perform: ({ store }) => store.update(openToday),
  },
};

/** What `today` reads. */
export type TodayContext = Pick<ReadingContext, 'cache' | 'clock' | 'connections' | 'journal' | 'proposals' | 'writes'>;

/** What needs attention, from the cache and the journal, including items that are snoozed or done. */
export async function readItems(context: TodayContext, names: readonly string[]): Promise<Today> {
  const { cache, clock, connections, journal, proposals, writes } = context;
  await writes.recover();
  await proposals.refresh();
  const deps = { cache, journal, usual: usualDurations(journal), connections: names };
  return today(
    {
      ...deps,
      rulesOf: rulesIn(connections.list),
      accountOf: accountsIn(connections.list),
      basisOf: basesIn(connections.list),
      proposals: proposals.open(),
    },
    { now: clock.now(), limit: mostOfAKind },
  );
}

async function run(context: TodayContext & Pick<ReadingContext, 'settings'>, input: Input): Promise<Reply> {
  const limit = flag(input, 'limit') === null ? null : wholeNumber(flag(input, 'limit') ?? '', '--limit');
  const filter = givenFilter(input, parseFilter, subscriptionLanguage, valuesOfConnections(context.connections.list));
  const sort = todaySorts.find((each) => each === flag(input, 'sort')) ?? 'due';
  const by = groupings.find((each) => each === flag(input, 'group')) ?? null;
  const { names } = requestedScope(context, input);
  const found = await readItems(context, names);
  const now = context.clock.now();
  const query = {
    filter,
    isRestingShown: isOn(input, 'snoozed'),
    owner: isOn(input, 'mine') ? context.journal.author : null,
  };
  const limited = withLimit(sortedItems(shownItems(found.items, query, now), sort), found.leftOut, limit);
  const shown = { ...limited, groups: by === null ? null : groupsOf(limited.items, by, sort) };
  const faults = unread(found);
  const ending = { exit: faults.length > 0 ? ('partial' as const) : ('ok' as const), faults };
  if (isOn(input, 'csv') || isOn(input, 'excel')) {
    const items = shown.groups?.flatMap((group) => group.items) ?? shown.items;
    return { kind: 'list', columns: itemColumns, rows: items.map((item) => itemRow(item, now)), empty: '', ...ending };
  }
  const { groups, items, leftOut } = shown;
  return {
    kind: 'object',
    json: {
      at: found.at,
      ...(groups === null
        ? { items: items.map((item) => itemJson(item, now)) }
        : { groups: groups.map((group) => groupJson(group, now)) }),
      missing: found.missing.map(missingJson),
      ...(Object.keys(leftOut).length === 0 ? {} : { leftOut }),
    },
    sections: sectionsOf(found, isNarrowed(input) ? shown : withoutLater(shown), {
      set: context.settings.theme.marks,
      now,
      colleagues: colleaguesOf({ journal: context.journal, plans: new Map() }, { now }),
    }),
    ...ending,
  };
}

interface Shown {
  readonly items: readonly Item[];
  readonly groups: readonly Group[] | null;
  readonly leftOut: Today['leftOut'];
}

function withLimit(
  items: readonly Item[],
  leftOut: Today['leftOut'],
  limit: number | null,
): Pick<Shown, 'items' | 'leftOut'> {
  if (limit === null) return { items, leftOut };
  const counts = new Map<ItemKind, number>();
  const kept = items.filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= limit;
  });
  const more: Partial<Record<ItemKind, number>> = { ...leftOut };
  for (const [kind, count] of counts) if (count > limit) more[kind] = (more[kind] ?? 0) + count - limit;
  return { items: kept, leftOut: more };
}

/** A specific query shows all its items. */
function isNarrowed({ flags }: Input): boolean {
  return ['filter', 'snoozed', 'mine', 'limit'].some((name) => flags[name] !== undefined);
}

/** For a first overview: items that have time are only counted. */
function withoutLater({ items, groups, leftOut }: Shown): Shown {
  const more: Partial<Record<ItemKind, number>> = { ...leftOut };
  for (const { kind, urgency } of items) if (urgency === 'later') more[kind] = (more[kind] ?? 0) + 1;
  return {
    items: items.filter(({ urgency }) => urgency !== 'later'),
    groups: groups?.filter(({ urgency }) => urgency !== 'later') ?? null,
    leftOut: more,
  };
}

interface Words {
  readonly set: MarkSet;
  readonly now: number;
  readonly colleagues: Colleagues;
}

function sectionsOf(found: Today, { items, groups, leftOut }: Shown, words: Words): readonly Section[] {
  const lines = (of: readonly Item[]) => of.map((item) => lineOf(item, words));
  return [
    { title: `Today: ${todayTitle(found, words.now)}`, fields: [], empty: items.length === 0 ? nothing : '' },
    ...(groups?.map((group) => ({ title: groupTitle(group), fields: lines(group.items) })) ??
      urgencies.flatMap((urgency) =>
        titled(urgencyTitles[urgency], lines(items.filter((item) => item.urgency === urgency))),
      )),
    ...titled(
      'Later, or not shown',
      leftOutSentences({ leftOut }).map(({ label, words }) => ({ label: '…', value: `${label}: ${words}` })),
    ),
    ...titled(
      'Not known',
      found.missing.map(({ connection, message, next }) => ({ label: connection, value: `${message} Run ${next}` })),
    ),
  ];
}

const nothing = 'Nothing needs attention.';

function lineOf(item: Item, { set, now, colleagues }: Words): Section['fields'][number] {
  const next = nextSentence(item);
  const colleague = colleagues.get(item.subject);
  const work = colleague === undefined ? [] : [colleagueText(colleague)];
  const parts = [`${itemSubject(item)}: ${itemReason(item, { now })}`, ...(next === null ? [] : [next])];
  const said = [...parts, ...work, ...markSentences(item, now)].map((part) => `${part}.`).join(' ');
  return { label: `${item.key}  ${itemLabel(item, set)}`, value: said };
}

/** `Acme Oy: 12 cancel windows · 482 seats · 9,120.00 EUR · earliest in 2 h 10 min`. */
function groupTitle(group: Group): string {
  const { label, due, money } = group;
  const parts = [
    groupKinds(group),
    ...(group.seats === null ? [] : [seats(group.seats)]),
    ...money.map(costText),
    ...(due === null ? [] : [`earliest ${due.remaining}`]),
  ];
  return `${label ?? 'None'}: ${parts.join(' · ')}`;
}

function titled(title: string, fields: Section['fields']): readonly Section[] {
  return fields.length === 0 ? [] : [{ title, fields }];
}

/** Gaps are errors; outdated rows are only named. */
function unread({ missing }: Today): readonly Fault[] {
  return missing
    .filter(({ isGap }) => isGap)
    .map(({ connection, message, next }) => fault('missing', message, `Run ${next}`, { connection }).fault);
}
