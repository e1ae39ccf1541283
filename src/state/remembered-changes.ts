import { filterKinds } from './screen-filter.ts';
import { mostFilters, type Remembered, type SavedView, type TableLayouts, type UsedFilters } from './table-layout.ts';
import { mostRecent } from './updates/palette.ts';

/** Whether the console has changes to save for the next one. */
export function hasNews(before: Remembered, after: Remembered): boolean {
  return (
    before.looks !== after.looks ||
    before.views !== after.views ||
    before.recent !== after.recent ||
    before.filters !== after.filters
  );
}

/** `kept` with the changes of this console only: another console may have saved its own meanwhile. */
export function withNews(kept: Remembered, before: Remembered, after: Remembered): Remembered {
  return {
    looks: { ...kept.looks, ...changedLayouts(before.looks, after.looks) },
    views: withChangedViews(kept.views, before.views, after.views),
    recent:
      before.recent === after.recent
        ? kept.recent
        : [...new Set([...after.recent.slice(0, 1), ...kept.recent, ...after.recent])].slice(0, mostRecent),
    filters: { ...kept.filters, ...usedSince(kept.filters, before.filters, after.filters) },
  };
}

function usedSince(kept: UsedFilters, before: UsedFilters, after: UsedFilters): UsedFilters {
  // What is looked for in a text may be anything, such as a licence key: only this console brings it back.
  const lasting = filterKinds.filter((kind) => kind !== 'text');
  const changed = lasting.flatMap((kind) => {
    const used = after[kind] ?? [];
    if (after[kind] === before[kind]) return [];
    return [[kind, [...new Set([...used.slice(0, 1), ...(kept[kind] ?? []), ...used])].slice(0, mostFilters)]];
  });
  return Object.fromEntries(changed);
}

function changedLayouts(before: TableLayouts, after: TableLayouts): TableLayouts {
  const changed = Object.entries(after).filter(([table, look]) => before[table as keyof TableLayouts] !== look);
  return Object.fromEntries(changed);
}

function withChangedViews(
  kept: readonly SavedView[],
  before: readonly SavedView[],
  after: readonly SavedView[],
): readonly SavedView[] {
  const saved = after.filter((view) => !before.includes(view));
  const gone = before.filter((view) => !after.includes(view)).map(({ name }) => name);
  const others = kept.filter(({ name }) => !gone.includes(name) && saved.every((view) => view.name !== name));
  return [...others, ...saved].toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}
