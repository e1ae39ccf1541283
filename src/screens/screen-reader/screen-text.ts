import { callText } from '../../commands/call-text.ts';
import { outOfDateText } from '../../commands/out-of-date.ts';
import { sinceWords } from '../../commands/since.ts';
import { costText } from '../../model/cost.ts';
import { dayText } from '../../model/date-words.ts';
import { paletteWords } from '../../model/palette-words.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import type { CustomerFrame } from '../../state/customer-screen.ts';
import { listHeight } from '../../state/layout.ts';
import type { List } from '../../state/list.ts';
import { visibleRows } from '../../state/list.ts';
import type { Screen } from '../../state/screen.ts';
import { unmatchedTerms } from '../../state/screen-filter.ts';
import { toldStoreWait } from '../../state/told-store-wait.ts';
import { itemLabel, todayTitle } from '../../today/today-words.ts';
import { namesOf } from '../parts/breadcrumbs.tsx';
import { contactPieces } from '../parts/contact-pieces.ts';
import { faultPieces } from '../parts/fault-pieces.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Theme } from '../parts/theme.ts';
import { suggestionPieces, tabNames } from '../screens/customer-header.tsx';
import { entryLines } from '../screens/entry-lines.ts';
import { replyTexts } from '../screens/reply-texts.ts';
import { tabLines } from '../screens/subscription/tab-lines.ts';
import { lineSentences } from '../screens/today-sentences.ts';
import { vendorHealthColumns } from '../screens/vendor-health-view.tsx';
import { needsConnection } from '../table/alike.ts';
import type { Column } from '../table/columns.ts';
import { customerColumns } from '../table/customer-columns.ts';
import { summaryTexts } from '../table/customer-summary.ts';
import { journalColumns } from '../table/journal-columns.ts';
import { levelColumns } from '../table/level-columns.ts';
import { requestColumns, requestsReadAlike } from '../table/request-columns.ts';
import { subscriptionColumns, workIn } from '../table/subscription-columns.ts';
import { timelineColumns } from '../table/timeline-columns.ts';
import { visible } from '../text/cells.ts';
import { headerWords } from '../text/header-words.ts';

/** The screen in plain lines: its name, and each row as `Header: value`. */
export function screenText(state: ConsoleState, theme: Theme): readonly string[] {
  const screen = topScreen(state);
  return [`${namesOf(state).join(', ')}. ${contactText(state)}.`, ...bodyOf(screen, state, theme)].map((line) =>
    visible(line),
  );
}

/** `Online, 2 min ago`. */
function contactText(state: ConsoleState): string {
  const text = contactPieces(state)
    .map((piece) => piece.text)
    .join('')
    .replaceAll(' · ', ', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Which wait for the team's store is said: once, and again when it is asked what became of a change. */
export function storeWaitKey(state: ConsoleState): string | null {
  const wait = toldStoreWait(state);
  return wait === null ? null : `${wait.since} ${wait.change?.isLookedUp === true}`;
}

/** Said once when the team's store goes away, and once when it is back. */
export function storeNews({ storeAway, offline }: ConsoleState, wasAway: boolean): readonly string[] {
  if (offline || (storeAway !== null) === wasAway) return [];
  return [storeAway === null ? "The team's store is back." : `Team store away. ${outOfDateText(storeAway)}`];
}

function bodyOf(screen: Screen, state: ConsoleState, theme: Theme): readonly string[] {
  switch (screen.kind) {
    case 'level': {
      const columns = levelColumns(screen.level, state.now, null, needsConnection(screen, state));
      return rowsOf(screen.list, columns, `${screen.level}s`, state);
    }
    case 'subscriptions': {
      const filter = screen.filterText === '' ? [] : [`Filter: ${screen.filterText}. b clears it.`];
      const columns = subscriptionColumns(screen, workIn(state), state.now, theme.marks, null);
      return [...customerLines(screen.frame), ...filter, ...rowsOf(screen.list, columns, 'subscriptions', state)];
    }
    case 'customer':
      return [
        ...customerLines(screen.frame),
        ...rowsOf(screen.list, customerColumns(screen, state, theme), tabNames[screen.tab].toLowerCase(), state),
      ];
    case 'requests':
      return rowsOf(
        screen.list,
        requestColumns(state.now, theme.marks, null, requestsReadAlike(screen.list.rows)),
        'requests',
        state,
      );
    case 'journal':
      return rowsOf(screen.list, journalColumns(state.now, theme.marks, null), 'journal entries', state);
    case 'changes': {
      const columns = timelineColumns('many', { now: state.now, marks: theme.marks, hidden: 0 });
      return [`Changes ${sinceWords(screen.since.text)}.`, ...rowsOf(screen.list, columns, 'changes', state)];
    }
    case 'subscription':
      return plainLines(tabLines({ ...screen, tab: 0 }, state, theme));
    case 'entry':
      return plainLines(entryLines(screen, state, theme));
    case 'reply':
      return [...screen.faults.flatMap((fault) => plainLines(faultPieces(fault, 1000))), ...replyTexts(screen)];
    case 'today': {
      const title = screen.found === null ? 'today' : todayTitle(screen.found, state.now);
      const line = numbered(screen.list, state, (row) => {
        const label = row.kind === 'item' ? `${itemLabel(row.item, 'ascii').slice(2)}: ` : '';
        return `${label}${lineSentences(row, screen, state.now).join(' ')}`;
      });
      return [`${title}.`, ...line];
    }
    case 'calls': {
      const columns = vendorHealthColumns(state, theme).filter(({ title }) => title !== '');
      const vendorHealth = screen.vendorHealth.map((each) => sentenceOf(each, columns));
      return [...vendorHealth, ...numbered(screen.list, state, (call) => paletteWords(callText(call)))];
    }
    case 'charts':
      return [
        ...(screen.charts?.weeks ?? [])
          .filter(({ subscriptions }) => subscriptions > 0)
          .map(
            (week) => `week of ${dayText(week.from, 'UTC')}: ${week.seats} seats, ${week.subscriptions} subscriptions`,
          ),
        ...[...(screen.charts?.statuses ?? []), ...(screen.charts?.products ?? [])].map(
          ({ name, seats, subscriptions, money }) =>
            [`${name ?? 'no product'}: ${seats} seats`, `${subscriptions} subscriptions`, ...money.map(costText)].join(
              ', ',
            ),
        ),
      ];
    case 'bulk':
      return numbered(
        screen.list,
        state,
        ({ row, end }) => `${row.sentence} ${row.ref}, ${end?.outcome ?? 'not sent'}`,
      );
  }
}

/** What is said above a customer's lists. */
function customerLines(frame: CustomerFrame | null): readonly string[] {
  if (frame?.customer == null) return [];
  const summary = [{ text: summaryTexts(frame).join(' · ') }];
  return plainLines([summary, suggestionPieces(frame.customer)]);
}

function rowsOf<Row>(list: List<Row>, columns: readonly Column<Row>[], what: string, state: ConsoleState) {
  const last = Math.min(list.total, list.top + listHeight(state));
  const range = list.total === 0 ? 'none' : `${list.top + 1} to ${last} of ${list.total}`;
  const why = list.total === 0 ? unmatchedTerms(topScreen(state), state) : [];
  const lines = numbered(list, state, (row) => sentenceOf(row, columns));
  return [`${what.charAt(0).toUpperCase()}${what.slice(1)}: ${range}.`, ...why, ...lines];
}

/** A row as `Header: value, Header: value`. */
function sentenceOf<Row>(row: Row, columns: readonly Column<Row>[]): string {
  return columns
    .map((column) => ({ head: column.title, value: column.value(row).trim() }))
    .filter(({ value }) => value !== '')
    .map(({ head, value }) => `${headerWords(head)}: ${value}`)
    .join(', ');
}

/** Rows with their number in the whole list, which opens them. */
function numbered<Row>(list: List<Row>, state: ConsoleState, say: (row: Row) => string): readonly string[] {
  return visibleRows(list, listHeight(state)).map((row, at) => `${list.top + at + 1}. ${say(row)}`);
}

/** A dim label at the beginning of a line is a header. */
export function plainLines(lines: readonly PieceLine[]): readonly string[] {
  return lines
    .map((pieces) => {
      const [first, ...rest] = pieces;
      const tail = rest.map(({ text }) => text).join('');
      const isLabel = first?.tone === 'dim' && rest.length > 0 && first.text.trim() !== '';
      const text = isLabel ? `${first.text.trim()}: ${tail}` : `${first?.text ?? ''}${tail}`;
      return text.replace(/ {2,}/gu, ' ').trim();
    })
    .filter((text) => text !== '');
}
