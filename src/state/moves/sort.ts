import { filterFields } from '../../model/filter.ts';
import type { ConsoleState } from '../console-state.ts';
import { topScreen, withTop } from '../console-state.ts';
import type { Menu, MenuEntry } from '../overlay.ts';
import type { LevelSort } from '../screen.ts';

const levelFields: readonly LevelSort['field'][] = [
  'name',
  'connection',
  'organizations',
  'services',
  'subscriptions',
  'seats',
  'endingSoon',
];

const labels: Readonly<Record<string, string>> = {
  qty: 'seats',
  ends: 'end date',
  starts: 'start date',
  cancel: 'cancellation deadline',
  org: 'organization',
  endingSoon: 'ending soon',
};

/** Opens the sort chooser on the field that is active. */
export function openSort(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  if (screen.kind !== 'level' && screen.kind !== 'subscriptions') return state;
  const fields: readonly string[] = screen.kind === 'level' ? levelFields : filterFields;
  const { sort } = screen;
  const entries = fields.map(
    (field): MenuEntry => ({
      id: field,
      label: labels[field] ?? field,
      note: sort?.field === field ? (sort.descending ? 'descending' : 'ascending') : null,
      unavailable: null,
    }),
  );
  const menu: Menu = {
    kind: 'menu',
    purpose: 'sort',
    title: 'Sort by',
    entries,
    cursor: sort?.field ?? 'name',
    subject: null,
  };
  return { ...state, overlay: menu };
}

/** Sorts by a field; the active one turns round. */
export function sortBy(state: ConsoleState, field: string): ConsoleState {
  const screen = topScreen(state);
  const descending = 'sort' in screen && screen.sort?.field === field && !screen.sort.descending;
  const closed = { ...state, overlay: null };
  if (screen.kind === 'level') {
    const known = levelFields.find((name) => name === field);
    return known === undefined ? closed : withTop(closed, { ...screen, sort: { field: known, descending } });
  }
  if (screen.kind === 'subscriptions') {
    const known = filterFields.find((name) => name === field);
    return known === undefined ? closed : withTop(closed, { ...screen, sort: { field: known, descending } });
  }
  return closed;
}
