import { type Fault, FaultError, fault } from '../../model/fault.ts';
import { matchesRow } from '../../model/filter-match.ts';
import { languageOf, parseListFilter } from '../../model/filter-parse.ts';
import type { HistoryEntry } from '../../model/subscription.ts';
import { changesScreen, timelineScreen } from '../../state/new-screens.ts';
import type { Screen } from '../../state/screen.ts';
import { filtered } from '../../state/screen-filter.ts';
import { changeLines, mergedTimeline, timelineFields } from '../../today/merged-timeline.ts';
import { bySubscription, whoChanged, withoutVendorStatus } from '../../today/who-changed.ts';
import {
  changeColumns,
  changeRow,
  changeTableColumns,
  timelineColumns,
  timelineRow,
  timelineTableColumns,
} from '../change-rows.ts';
import type { Command, Input } from '../command.ts';
import type { ReadContext, ReadingContext } from '../context.ts';
import { filterFlag, givenFilter } from '../filter-and-sort.ts';
import { findSubscription, requestedScope } from '../find.ts';
import { argument, flag, isOn } from '../given-values.ts';
import { readOrKept } from '../kept-reads.ts';
import { object, texts } from '../output-shape.ts';
import type { Reply } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { sinceHelp, sinceOf } from '../since.ts';
import { connectionFlag, refArgument } from './flags.ts';

const language = languageOf(timelineFields);

type Reading = ReadContext & Pick<ReadingContext, 'journal'>;

export const subscriptionChanges: Command = {
  id: 'subscription changes',
  summary: 'what changed between syncs, from the cache, and by whom if known',
  words: {
    effect: 'reads',
    output: object(texts('at', 'ref', 'name', 'field', 'from', 'to', 'by', 'journalId', 'organization')),
    kind: 'list',
    args: [
      { name: 'REF', help: 'connection/subscriptionId; without it give --since', completes: 'ref', optional: true },
    ],
    flags: [
      { name: 'since', value: 'WHEN', help: `${sinceHelp}; without a REF by subscription` },
      { name: 'history', help: "with a REF: also read the vendor's history for who made the change" },
      filterFlag('customer:acme what:quantity', language),
      connectionFlag,
    ],
    examples: ['subscription changes nordic/sub-1', 'subscription changes --since monday --filter what:status'],
    opens: openChanges,
    run: listChanges,
  },
};

export const subscriptionTimeline: Command = {
  id: 'subscription timeline',
  summary: "the vendor's history, changes between syncs and our journal in one list, the latest first",
  words: {
    effect: 'reads',
    output: object(texts('at', 'source', 'what', 'from', 'to', 'by', 'state', 'journalId', 'ref')),
    kind: 'list',
    args: [refArgument],
    flags: [{ name: 'since', value: 'WHEN', help: sinceHelp }, filterFlag('source:journal|vendor by:ada', language)],
    examples: ['subscription timeline nordic/sub-1', 'subscription timeline nordic/sub-1 --since month --json'],
    opens: openTimeline,
    run: listTimeline,
  },
};

function filterOf(input: Input) {
  return givenFilter(input, (text) => parseListFilter(text, language), language);
}

/** ISO 8601 UTC; null: from the beginning. Throws `usage`. */
function beginningOf({ clock }: Pick<ReadingContext, 'clock'>, input: Input): string | null {
  const since = flag(input, 'since');
  return since === null ? null : new Date(sinceOf(since, clock.now())).toISOString();
}

async function listChanges(context: Reading, input: Input): Promise<Reply> {
  const ref = input.args.REF;
  const since = beginningOf(context, input);
  if (ref === undefined && since === null) {
    throw fault('usage', 'Give a REF or --since WHEN.', 'See subdeck help subscription changes');
  }
  const filter = filterOf(input);
  const found = await (ref === undefined ? allSince(context, input, since ?? '') : ofOne(context, input, ref));
  const recent = since === null ? found.changes : found.changes.filter(({ seenAt }) => seenAt >= since);
  const isForPrograms = ['json', 'csv', 'excel', 'ndjson'].some((format) => isOn(input, format));
  const changes = isForPrograms ? recent : withoutVendorStatus(recent);
  const lines = changeLines(changes, ({ connection, id }) => {
    return context.cache.subscription(connection, id)?.organization?.name ?? null;
  });
  const now = context.clock.now();
  return {
    kind: 'list',
    columns: changeColumns,
    tableColumns: changeTableColumns,
    rows: lines.filter((line) => matchesRow(filter, timelineFields, line, now)).map(changeRow),
    empty: 'Nothing changed.',
    ...ending(found.faults, true),
  };
}

async function ofOne(context: Reading, input: Input, ref: string) {
  const target = await findSubscription(context, input, ref, []);
  const { connection, id } = target;
  const changes = context.cache.changes({ connection, id });
  const asked = isOn(input, 'history')
    ? await readOrKept(context, input, target, 'history')
    : { value: [], faults: [] };
  return { changes: whoChanged(changes, context, asked.value), faults: asked.faults };
}

async function allSince(
  context: Pick<ReadingContext, 'cache' | 'clock' | 'connections' | 'journal'>,
  input: Input,
  since: string,
) {
  if (isOn(input, 'history')) throw fault('usage', '--history needs one subscription.', 'Give a REF with it.');
  const connections = requestedScope(context, input).names;
  const changes = context.cache.changes({ since, connections });
  return { changes: bySubscription(whoChanged(changes, context, [])), faults: [] };
}

async function listTimeline(context: Reading, input: Input): Promise<Reply> {
  const filter = filterOf(input);
  const since = beginningOf(context, input);
  const target = await findSubscription(context, input, argument(input, 'REF'), ['history']);
  const { connection, id, ref, sameAs } = target;
  const { history, faults, notes } = await historyOf(context, input, target);
  const entries = [ref, ...sameAs].flatMap((each) => {
    return context.journal.entries({ ref: each, state: null, since: null, limit: null });
  });
  const changes = whoChanged(context.cache.changes({ connection, id }), context, history);
  const now = context.clock.now();
  const begin = since === null ? Number.NEGATIVE_INFINITY : Date.parse(since);
  const lines = mergedTimeline(target, { changes, history, entries })
    .filter(({ at }) => since === null || (at !== null && Date.parse(at) >= begin))
    .filter((line) => matchesRow(filter, timelineFields, line, now));
  return {
    kind: 'list',
    columns: timelineColumns,
    tableColumns: timelineTableColumns,
    rows: lines.map(timelineRow),
    empty: 'Nothing is known of it.',
    notes,
    ...ending(faults, true),
  };
}

/** A vendor without a history, or one that was never read, leaves the other two sources. */
async function historyOf(context: Reading, input: Input, target: Parameters<typeof readOrKept>[2]) {
  const nothing: readonly HistoryEntry[] = [];
  try {
    const { value, faults } = await readOrKept(context, input, target, 'history');
    return { history: value, faults, notes: [] };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { kind, message, next, vendor } = error.fault;
    const isLacking = kind === 'denied' && vendor === null;
    const faults: readonly Fault[] = isLacking ? [] : [error.fault];
    return { history: nothing, faults, notes: isLacking ? [`Without the vendor's history: ${message} ${next}`] : [] };
  }
}

/** In the console: the timeline of one subscription, or the list of all changes. */
async function openChanges(context: Reading, input: Input): Promise<Screen> {
  if (input.args.REF !== undefined) return openTimeline(context, input);
  const since = beginningOf(context, input);
  if (since === null) throw fault('usage', 'Give a REF or --since WHEN.', ':subscription changes --since monday');
  filterOf(input);
  const { names } = requestedScope(context, input);
  const screen = changesScreen(
    { at: since, text: flag(input, 'since') ?? since },
    flag(input, 'connection') === null ? null : names,
  );
  return withFilter(screen, flag(input, 'filter') ?? '');
}

async function openTimeline(context: Reading, input: Input): Promise<Screen> {
  filterOf(input);
  const since = beginningOf(context, input);
  const { ref } = await findSubscription(context, input, argument(input, 'REF'), []);
  const from = since === null ? [] : [`at>=${since.slice(0, 19)}Z`];
  return withFilter(timelineScreen(ref), [...from, flag(input, 'filter') ?? ''].join(' '));
}

function withFilter(screen: Screen, text: string): Screen {
  const found = filtered(screen, text);
  return found.ok ? found.screen : screen;
}
