import type { Call } from '../model/call.ts';
import { parseReference } from '../model/reference.ts';
import { productShares, statusShares } from '../today/charts/bars.ts';
import { renewalWeeks } from '../today/charts/renewal-calendar.ts';
import { rulesIn } from '../today/next-step.ts';
import { accountsIn, type Today, type TodayDeps, today, todaySteps } from '../today/today.ts';
import { outcomeOf, type RowEnd } from '../writes/bulk/bulk-run.ts';
import { usualDurations } from '../writes/usual-durations.ts';
import { inMemory, type Question, readList } from './read-list.ts';
import { callRows } from './record-rows.ts';
import { rowId } from './row-id.ts';
import type { Sources } from './sources.ts';
import { positionIn, type TodayLine, todayLines } from './today-lines.ts';
import type { BulkLine, BulkScreen, CallsScreen, ChartsScreen, TodayRow, TodayScreen } from './today-screens.ts';
import { scopeOf } from './trail.ts';

/** Items of each kind to list, beside those due within 24 hours; the others are counted. */
const mostOfAKind = 2_000;
const minute = 60_000;
/** While the cache is being filled, the items are read again at this interval. */
const calm = 2_000;

/** What needs attention, from the cache and the journal alone. */
function askToday(from: Sources): Today {
  return today(todayDepsOf(from), { now: from.clock.now(), limit: mostOfAKind });
}

/** The same, one query at a time. */
export function askTodaySteps(from: Sources): Generator<undefined, Today> {
  return todaySteps(todayDepsOf(from), { now: from.clock.now(), limit: mostOfAKind });
}

function todayDepsOf({ cache, journal, connections }: Sources): TodayDeps {
  return {
    cache,
    journal,
    usual: usualDurations(journal),
    connections: connections.list.map(({ name }) => name),
    rulesOf: rulesIn(connections.list),
    accountOf: accountsIn(connections.list),
  };
}

/** Reads again when the journal changed, some time after the cache changed, and once a minute, since deadlines pass. */
export function readToday(screen: TodayScreen, from: Sources, height: number): TodayScreen {
  const { cache, journal, clock } = from;
  const stamp = `${journal.revision()} ${cache.revision()}`;
  const now = clock.now();
  const [journalThen] = (screen.stamp ?? '').split(' ');
  const isDue =
    screen.found === null ||
    journalThen !== String(journal.revision()) ||
    (stamp !== screen.stamp && now - screen.at >= calm) ||
    now - screen.at >= minute;
  const found = isDue || screen.found === null ? askToday(from) : screen.found;
  const at = isDue ? now : screen.at;
  const question = viewText(screen);
  const isSame = !isDue && screen.list.stamp === `${at} ${question}`;
  const lines = isSame ? screen.lines : todayLines(found.items, screen.view, now);
  const list = readList(screen.list, { text: question, revision: at, ...windowOf(lines, from) }, height);
  if (isSame && list === screen.list) return screen;
  return { ...screen, list, lines, found, at, stamp: isDue ? stamp : screen.stamp };
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

export function readCharts(screen: ChartsScreen, { cache, clock }: Sources): ChartsScreen {
  const stamp = JSON.stringify([cache.revision(), scopeOf(screen.trail), screen.filter]);
  if (stamp === screen.stamp) return screen;
  const scope = { scope: scopeOf(screen.trail), connections: null, search: null, filter: screen.filter };
  const pictures = {
    weeks: renewalWeeks(cache, scope, clock.now()),
    statuses: statusShares(cache, scope),
    products: productShares(cache, scope),
  };
  return { ...screen, stamp, charts: pictures };
}

/** Accepted rows are followed until they settle, so that their lines do not stay at `accepted`. */
export function readBulk(screen: BulkScreen, { journal }: Sources, height: number): BulkScreen {
  const all = (): readonly BulkLine[] => {
    const ends = new Map(screen.ends.map((end) => [end.row.row, settled(end, journal)]));
    return screen.plan.rows.map((row) => ({ row, end: ends.get(row.row) ?? null }));
  };
  const waits = screen.ends.some(({ outcome }) => outcome === 'accepted');
  const question = inMemory(
    `bulk ${screen.ends.length} ${screen.running}`,
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
  return outcome === end.outcome ? end : { ...end, outcome, reason: entry.reason };
}
