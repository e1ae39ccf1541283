import { fieldNamed } from '../../../model/field-names.ts';
import type { ListFilter } from '../../../model/filter.ts';
import { matchesRow } from '../../../model/filter-match.ts';
import type { LevelNode } from '../../../model/scope.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import { listedRows } from '../../../state/customer-screen.ts';
import { findByRef } from '../../../state/read-screen.ts';
import { callRows, journalRows, requestRows } from '../../../state/record-rows.ts';
import type { LevelScreen, SubscriptionsScreen } from '../../../state/screen.ts';
import { chosenColumns } from '../../../state/table-layout.ts';
import { columnIds } from '../../../state/tables.ts';
import type { TodayScreen } from '../../../state/today-screens.ts';
import { scopeOf } from '../../../state/trail.ts';
import { groupsOf } from '../../../today/groups.ts';
import type { Item } from '../../../today/item.ts';
import { timelineFields } from '../../../today/merged-timeline.ts';
import { shownItems } from '../../../today/shown-items.ts';
import { changeColumns, changeRow } from '../../change-rows.ts';
import type { Context } from '../../context.ts';
import { itemColumns, itemRow, journalColumns, journalRow, requestJson } from '../../json-rows.ts';
import type { Column, Row } from '../../reply.ts';
import {
  type CsvColumn,
  csvColumnsOf,
  subscriptionColumns,
  subscriptionJson,
  subscriptionRow,
} from '../../subscription-row.ts';
import { levelColumns, levelRow } from '../../words/levels.ts';

/** `shown`: the filtered rows with the columns on screen. `all`: every row of the list with every column. */
export type Which = 'shown' | 'all' | 'marked';

export interface ExportTable {
  readonly columns: readonly Column[];
  readonly rows: Iterable<Row>;
}

/** The row count of each kind of export; empty if the screen has no table. */
export function exportCounts(state: ConsoleState): readonly { readonly which: Which; readonly count: number }[] {
  const screen = topScreen(state);
  if (!('list' in screen) || screen.kind === 'bulk' || screen.kind === 'customer') return [];
  if (screen.kind === 'today') {
    return (['shown', 'all'] as const).map((which) => ({ which, count: todayItems(screen, which, state.now).length }));
  }
  const shown = { which: 'shown', count: screen.list.total } as const;
  const marks =
    screen.kind === 'subscriptions' && screen.marks.size > 0
      ? [{ which: 'marked', count: screen.marks.size } as const]
      : [];
  const all =
    'unfiltered' in screen && screen.unfiltered !== null ? [{ which: 'all', count: screen.unfiltered } as const] : [];
  return [...marks, shown, ...all];
}

export function exportTable(
  state: ConsoleState,
  which: Which,
  context: Pick<Context, 'cache' | 'calls' | 'clock' | 'journal'>,
): ExportTable {
  const screen = topScreen(state);
  switch (screen.kind) {
    case 'subscriptions':
      return ofSubscriptions(screen, state, which, context);
    case 'level':
      return { columns: levelColumns, rows: nodesOf(screen, which, context) };
    case 'journal':
      return { columns: journalColumns, rows: journalRows(unlessAll(screen, which), context).map(journalRow) };
    case 'requests':
      return plain(requestRows(unlessAll(screen, which), context).map(({ request }) => requestJson(request)));
    case 'today':
      return ofToday(todayItems(screen, which, state.now), state.now);
    case 'changes': {
      const { filter } = unlessAll(screen, which);
      const lines = (screen.found ?? []).filter((line) =>
        matchesRow(filter, timelineFields, line, context.clock.now()),
      );
      return { columns: changeColumns, rows: lines.map(changeRow) };
    }
    case 'calls':
      return plain(callRows(unlessAll(screen, which), context));
    default:
      return { columns: [], rows: [] };
  }
}

function ofSubscriptions(
  screen: SubscriptionsScreen,
  state: ConsoleState,
  which: Which,
  { cache }: Pick<Context, 'cache'>,
): ExportTable {
  const { filter, sort, marks } = screen;
  const query = { ...listedRows(screen), sort };
  if (which === 'all') {
    return {
      columns: subscriptionColumns,
      rows: mapped(cache.eachSubscription({ ...query, filter: [] }), subscriptionRow),
    };
  }
  const rows =
    which === 'marked'
      ? [...marks].flatMap((ref) => findByRef(cache, ref) ?? [])
      : cache.eachSubscription({ ...query, filter });
  const columns = shownColumns(chosenColumns(state, screen));
  return {
    columns: columns.map(({ column }) => column),
    rows: mapped(rows, (row) => ({ json: subscriptionJson(row), cells: columns.map(({ cell }) => cell(row)) })),
  };
}

/** Those on screen, by the names of CSV, and the REF, by which a changed table becomes a plan. */
function shownColumns(chosen: readonly string[] | null): readonly CsvColumn[] {
  const names = new Set(['name', ...columnIds('subscriptions', chosen), 'ref']);
  const found = [...names].flatMap((name) => fieldNamed(name) ?? []);
  return [...new Set(found)].flatMap(csvColumnsOf);
}

/** In the order of the screen, unfolded. */
function todayItems({ found, view }: TodayScreen, which: Which, now: number): readonly Item[] {
  const all = found?.items ?? [];
  if (which === 'all') return all;
  return groupsOf(shownItems(all, view, now), view.grouping, view.sort).flatMap(({ items }) => items);
}

function ofToday(items: readonly Item[], now: number): ExportTable {
  return { columns: itemColumns, rows: items.map((item) => itemRow(item, now)) };
}

const windowLength = 1_000;

function* nodesOf(
  { level, trail, filter: shown, sort }: LevelScreen,
  which: Which,
  { cache }: Pick<Context, 'cache'>,
): Iterable<Row> {
  const filter = which === 'all' ? [] : shown;
  for (let offset = 0; ; offset += windowLength) {
    const page = { offset, limit: windowLength };
    const query = { level, scope: scopeOf(trail), connections: null, search: null, filter, sort, ...page };
    const { rows, total }: { rows: readonly LevelNode[]; total: number } = cache.levelWindow(query);
    yield* rows.map(levelRow);
    if (rows.length === 0 || offset + rows.length >= total) return;
  }
}

/** `all`: without the filter. */
function unlessAll<Filtered extends { readonly filter: ListFilter }>(screen: Filtered, which: Which): Filtered {
  return which === 'all' ? { ...screen, filter: [] } : screen;
}

/** Plain objects of one shape: one key a column. */
function plain(objects: readonly object[]): ExportTable {
  const keys = Object.keys(objects[0] ?? {});
  return {
    columns: keys.map((id) => ({ id, title: id, align: 'left' })),
    rows: objects.map((json) => {
      const values = new Map<string, unknown>(Object.entries(json));
      return { json, cells: keys.map((key) => cell(values.get(key))) };
    }),
  };
}

function cell(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function* mapped<From, To>(rows: Iterable<From>, to: (row: From) => To): Iterable<To> {
  for (const row of rows) yield to(row);
}
