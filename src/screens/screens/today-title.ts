import type { ConsoleState } from '../../state/console-state.ts';
import type { TodayScreen } from '../../state/today-screens.ts';
import { groupNouns, todayCounts } from '../../today/today-words.ts';
import { filterParts } from '../parts/filter-line.tsx';
import type { Piece } from '../parts/line-pieces.ts';
import { inForms, nameOf, optional, type TitlePart, titleRanks } from '../parts/title-line.ts';

/** The line above Today: the filter, the counts, and how it is grouped and sorted. */
export function todayTitleParts({ found, view }: TodayScreen, state: ConsoleState): readonly TitlePart[] {
  const title = nameOf('Today');
  if (found === null) return [title];
  const filter = filterParts(state, null);
  if (state.overlay?.kind === 'filter') return [title, ...filter];
  const [one] = groupNouns[view.grouping];
  const counts = todayCounts(found, state.now);
  const forms = counts.map((_, left): readonly Piece[] => [
    { text: `   ${counts.slice(0, counts.length - left).join(' · ')}${left === 0 ? '' : ' …'}`, tone: 'warn' },
  ]);
  return [
    title,
    ...filter,
    inForms(titleRanks.count, forms[0] ?? [], ...forms.slice(1)),
    ...(view.owner === null ? [] : [optional(titleRanks.warning, { text: '   mine', tone: 'warn' })]),
    optional(titleRanks.order, { text: `   by ${one}, ${view.sort}`, tone: 'dim' }),
  ];
}
