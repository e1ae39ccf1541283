import { dateWords } from '../../model/date-words.ts';
import { type FilterField, fieldsFor, isFilterField } from '../../model/field-names.ts';
import type { Filter, Term } from '../../model/filter.ts';
import { formatFilter, parseFilter } from '../../model/filter-parse.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { ConsoleState } from '../console-state.ts';
import { topScreen, withTop } from '../console-state.ts';
import { rowUnderCursor } from '../list.ts';
import type { MenuEntry } from '../overlay.ts';
import { rowId } from '../row-id.ts';
import { fieldLabel } from './sort.ts';

/** The values of the row under the cursor, to filter by one of them. */
export function openValues(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  const row = screen.kind === 'subscriptions' ? rowUnderCursor(screen.list, rowId.subscriptions) : null;
  if (row === null) return state;
  const entries = valuesOf(row).map(
    ([field, text, shown]): MenuEntry => ({
      id: formatFilter([{ negated: false, kind: 'equals', field, text }]),
      label: fieldLabel(field),
      note: shown,
      unavailable: null,
    }),
  );
  const title = 'Show only rows with the same value';
  const cursor = entries[0]?.id ?? null;
  return { ...state, overlay: { kind: 'menu', purpose: 'values', title, entries, cursor, subject: row } };
}

/** The name comes last: few rows share it. */
const groupedBy = fieldsFor('group')
  .filter(isFilterField)
  .toSorted((one, other) => Number(one.id === 'name') - Number(other.id === 'name'));

/** Each as it is in a filter, and as people read it. */
function valuesOf(row: Subscription): readonly (readonly [field: FilterField, text: string, shown: string])[] {
  return groupedBy.flatMap(({ id, value }) => {
    const texts = value.kind === 'date' ? value.texts(row).map((text) => text.slice(0, 10)) : value.texts(row);
    return texts
      .filter((text) => text.trim() !== '' && means({ field: id, text }))
      .map((text) => [id, text, value.kind === 'date' ? dateWords(text) : text] as const);
  });
}

/** Whether the filter language can express it: a value may be an unreadable number or date. */
function means({ field, text }: { readonly field: FilterField; readonly text: string }): boolean {
  return parseFilter(formatFilter([{ negated: false, kind: 'equals', field, text }])).ok;
}

/** Adds the picked value, or its negation, to the filter. An existing term is not repeated. */
export function filterByValue(state: ConsoleState, written: string, negated: boolean): ConsoleState {
  const screen = topScreen(state);
  const parsed = parseFilter(written);
  const term = parsed.ok ? parsed.filter[0] : undefined;
  if (screen.kind !== 'subscriptions' || term === undefined) return { ...state, overlay: null };
  const wanted: Term = { ...term, negated };
  const others = screen.filter.filter((each) => !sameTerm(each, wanted));
  const filter: Filter = [...others, wanted];
  return withTop({ ...state, overlay: null }, { ...screen, filter, filterText: formatFilter(filter) });
}

function sameTerm(left: Term, right: Term): boolean {
  return formatFilter([left]) === formatFilter([right]);
}

/** The negation of the picked value: all other rows. */
export function filterOutValue(state: ConsoleState): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'menu' || overlay.purpose !== 'values' || overlay.cursor === null) return state;
  return filterByValue(state, overlay.cursor, true);
}
