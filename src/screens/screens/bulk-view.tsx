import { basename } from 'node:path';
import type { ReactNode } from 'react';
import { printable } from '../../model/printable.ts';
import type { RowOutcome } from '../../state/bulk-words.ts';
import { bulkCount, bulkMoney, bulkProgress, isLargeRow, rowMoneyText } from '../../state/bulk-words.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { isLow } from '../../state/layout.ts';
import { rowUnderCursor } from '../../state/list.ts';
import { seatsAfter } from '../../state/plan-words.ts';
import { rowId } from '../../state/row-id.ts';
import { type BulkLine, type BulkScreen, keptPlan } from '../../state/today-screens.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import { cuttable, inForms, nameOf, optional, type TitlePart, titleRanks } from '../parts/title-line.ts';
import { changeText } from '../table/change-text.ts';
import type { Column } from '../table/columns.ts';
import { visible, widthOf } from '../text/cells.ts';
import { clipMiddle } from '../text/fit.ts';
import { unknown } from '../text/numbers.ts';
import { wrap, wrapInto } from '../text/wrap.ts';
import { DetailList } from './detail-list.tsx';
import { changeLines } from './entry-lines.ts';

interface Props {
  readonly screen: BulkScreen;
  readonly state: ConsoleState;
}

/** A bulk plan: reviewed row by row, saved, then run; each row shows its outcome. */
export function BulkView({ screen, state }: Props): ReactNode {
  const theme = useTheme();
  const line = rowUnderCursor(screen.list, rowId.bulk);
  return (
    <DetailList
      state={state}
      list={screen.list}
      columns={columns(theme, state)}
      rowKey={rowId.bulk}
      title={titleOf(screen, state)}
      empty={['There is nothing to change.', ...screen.leftOut.slice(0, 8), 'Esc goes back.']}
      detail={line === null ? [] : detailOf(line, screen, state)}
    />
  );
}

function titleOf(screen: BulkScreen, state: ConsoleState): readonly TitlePart[] {
  const { leftOut, path, stopped, dropped, plan, outside } = screen;
  const hidden = keptPlan(screen).rows.filter(({ ref }) => outside.has(ref)).length;
  const { count, warning, order, hint } = titleRanks;
  const saved =
    path === null
      ? optional(order, { text: '   not saved yet', tone: 'warn' })
      : cuttable(order, `   saved as ${basename(path)}`, 20, 'good');
  const run = bulkProgress(screen, state.now);
  const why = {
    failures: 'stopped after failures',
    interrupted: 'interrupted',
    journal: 'the journal cannot be written',
  };
  return [
    nameOf('Plan'),
    cuttable(count, `   ${bulkCount(screen)}`, 20),
    ...(hidden === 0
      ? []
      : [
          inForms(
            count,
            [{ text: `   ${hidden} outside the filter of the list`, tone: 'warn' }],
            [{ text: `   ${hidden} outside the filter`, tone: 'warn' }],
          ),
        ]),
    ...(dropped.size === 0 ? [] : [optional(warning, { text: `   ${dropped.size} dropped`, tone: 'warn' })]),
    ...(leftOut.length === 0 ? [] : [optional(warning, { text: `   ${leftOut.length} left out`, tone: 'warn' })]),
    saved,
    ...(run === null ? [] : [cuttable(count, `   ${run}`, 16, 'accent')]),
    ...(stopped === null ? [] : [optional(count, { text: `   ${why[stopped]}`, tone: 'bad' })]),
    ...(plan.proposedBy === undefined ? [] : [cuttable(warning, `   proposed by ${plan.proposedBy}`, 24, 'warn')]),
    ...(plan.reason === undefined ? [] : [cuttable(hint, `   reason ${plan.reason}`, 0, 'dim')]),
  ];
}

const outcomeWords: Readonly<Record<RowOutcome, string>> = {
  done: 'done',
  accepted: 'accepted',
  refused: 'refused',
  unknown: 'unknown',
  holds: 'already set',
  changed: 'changed, skipped',
  failed: 'failed',
  ready: 'ready',
  'not-reached': 'not reached',
};

const outcomeTones: Readonly<Record<RowOutcome, Tone>> = {
  done: 'good',
  accepted: 'accent',
  refused: 'bad',
  unknown: 'warn',
  holds: 'dim',
  changed: 'warn',
  failed: 'bad',
  ready: 'plain',
  'not-reached': 'dim',
};

/** `Acme Oy · Backup 100`; a new subscription has no name yet, so its sentence is shown. */
function whoOf({ target, sentence }: BulkLine['row']): string {
  if (target === null) return sentence;
  return [target.organization?.name, target.name].filter((part) => part !== undefined).join(' · ');
}

/** A row that was dropped is dimmed. */
const whole = ({ isDropped }: BulkLine): Tone => (isDropped ? 'dim' : 'plain');

/**
 * `seats 40 → 32`, with "later" if the vendor does it at the renewal or by a reservation; the verb if no single field
 * shows it.
 */
function changeOf(row: BulkLine['row'], { arrow }: Theme['marks']): string {
  const { verb, target, after, irreversible } = row;
  const to = seatsAfter(row);
  if (to === null) return irreversible ? `${verb}, for good` : verb;
  const seats = `seats ${changeText(target?.quantity ?? null, to, arrow)}`;
  return 'quantity' in after ? seats : `${seats}, later`;
}

function columns({ marks }: Theme, state: ConsoleState): readonly Column<BulkLine>[] {
  const markOf = (outcome: RowOutcome) =>
    outcome === 'done' || outcome === 'holds'
      ? marks.good
      : outcome === 'accepted'
        ? marks.running
        : outcome === 'unknown'
          ? marks.question
          : outcome === 'ready' || outcome === 'not-reached'
            ? marks.dot
            : marks.bad;
  return [
    { id: 'row', title: '#', rank: 3, min: 3, align: 'right', value: ({ row }) => String(row.row), tone: () => 'dim' },
    {
      id: 'who',
      title: 'WHO',
      rank: 0,
      min: 16,
      good: 24,
      grow: 3,
      max: 60,
      value: ({ row }) => whoOf(row),
      tone: whole,
    },
    {
      id: 'ref',
      title: 'REF',
      rank: 0,
      min: 16,
      good: 24,
      grow: 2,
      max: 60,
      value: ({ row }) => printable(row.ref),
      short: ({ row }, width) => clipMiddle(printable(row.ref), width),
      tone: () => 'dim',
    },
    {
      id: 'what',
      title: 'CHANGE',
      rank: 0,
      min: 16,
      good: 20,
      grow: 1,
      max: 34,
      value: (line) =>
        line.isDropped ? 'dropped' : `${changeOf(line.row, marks)}${isLargeRow(line, state) ? ', large' : ''}`,
      // Truncated digits are another number.
      short: ({ row }, width) => {
        const change = changeOf(row, marks);
        return widthOf(change) <= width ? change : change.replace(/^seats /, '');
      },
      tone: (line) => (line.isDropped ? 'dim' : isLargeRow(line, state) ? 'warn' : 'plain'),
    },
    {
      id: 'money',
      title: 'MONEY',
      rank: 4,
      min: 16,
      good: 28,
      max: 34,
      value: ({ row }) => rowMoneyText(row) ?? unknown,
    },
    {
      id: 'state',
      title: 'STATE',
      rank: 1,
      min: 16,
      value: ({ end }) => (end === null ? 'not sent' : `${markOf(end.outcome)} ${outcomeWords[end.outcome]}`),
      tone: ({ end }) => (end === null ? 'dim' : outcomeTones[end.outcome]),
    },
  ];
}

/**
 * The subject, its full REF, the change, the money of all rows, then the reason for its outcome or the vendor's rule, and
 * the rows left out of the plan.
 */
function detailOf(line: BulkLine, screen: BulkScreen, state: ConsoleState): readonly PieceLine[] {
  const { row, end } = line;
  const room = state.columns - 6;
  const [change = []] = changeLines(row.before, row.after, room);
  const left = screen.leftOut.length === 0 ? null : `Left out: ${screen.leftOut.join(' ')}`;
  const money = bulkMoney(screen);
  const ofRow = rowMoneyText(row);
  const ref = wrap(printable(row.ref), room);
  const rule = isLargeRow(line, state) ? `Large change (setting guard). ${row.rule}` : row.rule;
  const why = wrapInto(left === null ? 2 : 1, end?.reason ?? rule, room);
  return [
    ...(isLow(state) && money !== null ? [] : [[{ text: visible(whoOf(row)), tone: 'bold' as const }]]),
    ...ref.map((text): PieceLine => [{ text }]),
    ...(isLow(state) ? [] : [[...change, { text: ofRow === null ? '' : `   ${ofRow}` }]]),
    ...(money === null ? [] : [[{ text: money, tone: 'bold' as const }]]),
    ...why.map((text): PieceLine => [{ text, tone: end === null ? 'dim' : outcomeTones[end.outcome] }]),
    ...(left === null ? [] : [[{ text: visible(left), tone: 'warn' as const }]]),
  ];
}
