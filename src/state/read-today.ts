import type { Call } from '../model/call.ts';
import { parseReference } from '../model/reference.ts';
import type { Colleagues } from '../today/colleagues.ts';
import { rulesIn } from '../today/next-step.ts';
import { accountsIn, basesIn, type Today, type TodayDeps, todaySteps, withMarks } from '../today/today.ts';
import { outcomeOf, type RowEnd } from '../writes/bulk/bulk-run.ts';
import { usualDurations } from '../writes/usual-durations.ts';
import { colleaguesIn } from './colleagues.ts';
import { inMemory, type Question, readList } from './read-list.ts';
import { callRows } from './record-rows.ts';
import { rowId } from './row-id.ts';
import type { Sources } from './sources.ts';
import { itemsOfLine, positionIn, type TodayLine, todayLines } from './today-lines.ts';
import type { BulkLine, BulkScreen, CallsScreen, FoundToday, TodayRow, TodayScreen } from './today-screens.ts';

/** Items of each kind to list, beside those due within 24 hours; the others are counted. */
const mostOfAKind = 1_000;
/** What needs attention, from the cache and the journal alone, with pauses. */
export function askTodaySteps(from: Sources): Generator<undefined, Today> {
  return todaySteps(todayDepsOf(from), { now: from.clock.now(), limit: mostOfAKind });
}

function todayDepsOf({ cache, journal, connections, proposals }: Sources): TodayDeps {
  return {
    cache,
    journal,
    usual: usualDurations(journal),
    connections: connections.list.map(({ name }) => name),
    rulesOf: rulesIn(connections.list),
    accountOf: accountsIn(connections.list),
    basisOf: basesIn(connections.list),
    proposals: proposals.open(),
  };
}

/** Shows the latest lookup, with the marks that the journal has by now: a mark must be seen at once. */
export function readToday(screen: TodayScreen, latest: FoundToday | null, from: Sources, height: number): TodayScreen {
  if (latest === null) return screen;
  const { journal, clock, openPlans } = from;
  const revision = journal.revision();
  const stamp = [latest.at, latest.journal, latest.cache, revision, openPlans.revision()].join(' ');
  const found = stamp === screen.stamp && screen.found !== null ? screen.found : marked(latest, journal);
  const question = viewText(screen);
  const isSame = stamp === screen.stamp && screen.list.stamp === `${stamp} ${question}`;
  const lines = isSame
    ? screen.lines
    : withColleagues(todayLines(found.items, screen.view, clock.now()), colleaguesIn(from));
  const list = readList(screen.list, { text: question, revision: stamp, ...windowOf(lines, from) }, height);
  return isSame && list === screen.list ? screen : { ...screen, list, lines, found, stamp };
}

function marked(latest: FoundToday, journal: Sources['journal']): Today {
  const { found } = latest;
  return latest.journal === journal.revision() ? found : { ...found, items: withMarks(found.items, journal) };
}

function withColleagues(lines: readonly TodayLine[], colleagues: Colleagues): readonly TodayLine[] {
  if (colleagues.size === 0) return lines;
  return lines.map((line) => {
    const subject = itemsOfLine(line).find((item) => colleagues.has(item.subject))?.subject;
    return subject === undefined ? line : { ...line, colleague: colleagues.get(subject) ?? null };
  });
}

function viewText({ view }: TodayScreen): string {
  const { filterText, grouping, sort, isRestingShown, owner, opened } = view;
  return JSON.stringify(['today', filterText, grouping, sort, isRestingShown, owner, [...opened]]);
}

function windowOf(
  lines: readonly TodayLine[],
  from: Sources,
): Pick<Question<TodayRow>, 'idOf' | 'positionOf' | 'read'> {
  return {
    idOf: rowId.today,
    positionOf: (id) => positionIn(lines, id),
    read: ({ offset, limit }) => {
      const rows = lines.slice(offset, offset + limit).map((line) => rowOf(line, from));
      return { rows, offset, total: lines.length, counted: true };
    },
  };
}

function rowOf(line: TodayLine, { cache, journal }: Sources): TodayRow {
  if (line.kind !== 'item') return line;
  const { ref, journalId } = line.item;
  const reference = ref === null ? null : parseReference(ref);
  return {
    ...line,
    row: reference === null ? null : cache.subscription(reference.connection, reference.id),
    entry: journalId === null ? null : journal.entry(journalId),
  };
}

export function readCalls(screen: CallsScreen, from: Sources, height: number): CallsScreen {
  const { calls, connections } = from;
  const all = () => callRows(screen, from);
  const kind = `${screen.failedOnly ? 'failed calls' : 'calls'} ${screen.filterText}`;
  const question = inMemory(kind, calls.revision(), ({ id }: Call) => id, all);
  const list = readList(screen.list, question, height);
  const vendorHealth = connections.list.map(({ name }) => calls.vendorHealth(name));
  const same = JSON.stringify(vendorHealth) === JSON.stringify(screen.vendorHealth);
  if (list === screen.list && same) return screen;
  return { ...screen, list, vendorHealth: same ? screen.vendorHealth : vendorHealth };
}

/** Accepted rows are followed until they settle, so that their lines do not stay at `accepted`. */
export function readBulk(screen: BulkScreen, { journal }: Sources, height: number): BulkScreen {
  const all = (): readonly BulkLine[] => {
    const ends = new Map(screen.ends.map((end) => [end.row.row, settled(end, journal)]));
    return screen.plan.rows.map((row) => {
      return { row, isDropped: screen.dropped.has(row.row), end: ends.get(row.row) ?? null };
    });
  };
  const waits = screen.ends.some(({ outcome }) => outcome === 'accepted');
  const question = inMemory(
    `bulk ${screen.ends.length} ${screen.running} ${[...screen.dropped].join(' ')}`,
    waits ? journal.revision() : 0,
    ({ row }: BulkLine) => String(row.row),
    all,
  );
  const list = readList(screen.list, question, height);
  return list === screen.list ? screen : { ...screen, list };
}

function settled(end: RowEnd, journal: Sources['journal']): RowEnd {
  const entry = end.outcome === 'accepted' && end.journalId !== null ? journal.entry(end.journalId) : null;
  if (entry === null) return end;
  const outcome = outcomeOf(entry);
  if (outcome === end.outcome) return end;
  // Without an end of its own an entry gives the reason of the plan, which says nothing of how it went.
  const isOwn = entry.reason !== journal.record(entry.id)?.purpose;
  return { ...end, outcome, reason: isOwn ? entry.reason : null };
}
