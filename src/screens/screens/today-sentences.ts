import { costText } from '../../model/cost.ts';
import { paletteWords } from '../../model/palette-words.ts';
import type { TodayRow, TodayScreen } from '../../state/today-screens.ts';
import { colleagueText } from '../../today/colleagues.ts';
import type { Group } from '../../today/groups.ts';
import { seats } from '../../today/item.ts';
import {
  groupKinds,
  groupNouns,
  itemReason,
  itemSubject,
  leftOutSentences,
  markSentences,
  nextSentence,
} from '../../today/today-words.ts';

/** A line of Today in sentences: what and until when, what others said or are doing, what to do. */
export function lineSentences(row: TodayRow, screen: TodayScreen, now: number): readonly string[] {
  switch (row.kind) {
    case 'item': {
      const { item, colleague } = row;
      const next = nextSentence(item);
      return [
        `${itemSubject(item)}: ${itemReason(item, { now })}.`,
        ...(colleague === null ? [] : [`${colleagueText(colleague)}.`]),
        ...markSentences(item, now).map((sentence) => `${sentence}.`),
        ...(next === null ? [] : [`${paletteWords(next)}.`]),
      ];
    }
    case 'group':
      return [
        `${row.group.label ?? 'None'}: ${totals(row.group)}.`,
        ...(row.colleague === null ? [] : [`Among them: ${colleagueText(row.colleague)}.`]),
        `Enter ${row.isOpen ? 'folds' : 'unfolds'}. Actions, snooze, done, note and take are for all ${row.group.count} at once.`,
      ];
    case 'fold': {
      const [one, many] = groupNouns[screen.view.grouping];
      const when = row.isLater ? 'with nothing to decide within a week' : 'beyond the most urgent ones';
      const left = row.isLater && screen.found !== null ? leftOutSentences(screen.found) : [];
      return [
        `${row.groups} ${row.groups === 1 ? one : many} ${when}: ${totals(row.group)}.`,
        `Enter ${row.isOpen ? 'folds' : 'shows'} them.`,
        ...left.map(({ label, words }) => `${label}: ${paletteWords(words)}.`),
      ];
    }
  }
}

function totals(group: Group): string {
  return [groupKinds(group), ...(group.seats === null ? [] : [seats(group.seats)]), ...group.money.map(costText)].join(
    ' · ',
  );
}
