import type { Filter, FilterField, Term } from '../../model/filter.ts';
import { mainPrice } from '../../model/filter-match.ts';
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
    ([field, text]): MenuEntry => ({
      id: formatFilter([{ negated: false, kind: 'equals', field, text }]),
      label: fieldLabel(field),
      note: text,
      unavailable: null,
    }),
  );
  const title = 'Show only rows with the same…';
  const cursor = entries[0]?.id ?? null;
  return { ...state, overlay: { kind: 'menu', purpose: 'values', title, entries, cursor, subject: row } };
}

function valuesOf(row: Subscription): readonly (readonly [FilterField, string])[] {
  const values: readonly (readonly [FilterField, string | null | undefined])[] = [
    ['status', row.status],
    ['org', row.organization?.name],
    ...row.services.map((service) => ['service', service.name] as const),
    ['product', row.product?.name],
    ['reseller', row.reseller?.name],
    ['connection', row.connection],
    ['vendor', row.vendor],
    ['qty', row.quantity === null ? null : String(row.quantity)],
    ['ends', row.endsAt?.slice(0, 10)],
    ['starts', row.startsAt?.slice(0, 10)],
    ['renewal', row.renewal?.mode],
    ['billing', row.billing],
    ['term', row.term],
    ['price', mainPrice(row)?.amount],
    ['name', row.name],
  ];
  return values.flatMap(([field, text]) => {
    const known = text !== null && text !== undefined && text.trim() !== '' && means({ field, text });
    return known ? [[field, text] as const] : [];
  });
}

/** Whether the filter language can say it: a value may be no number or date that it reads. */
function means({ field, text }: { readonly field: FilterField; readonly text: string }): boolean {
  return parseFilter(formatFilter([{ negated: false, kind: 'equals', field, text }])).ok;
}

/** Adds the picked value to the filter, or what differs from it. A term that is there already is not said twice. */
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

/** The picked value, the other way round: everything but it. */
export function filterOutValue(state: ConsoleState): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'menu' || overlay.purpose !== 'values' || overlay.cursor === null) return state;
  return filterByValue(state, overlay.cursor, true);
}
