import type { ReactNode } from 'react';
import type { RowOutcome } from '../../state/bulk-words.ts';
import { bulkCount, bulkProgress } from '../../state/bulk-words.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { rowUnderCursor } from '../../state/list.ts';
import { rowId } from '../../state/row-id.ts';
import type { BulkLine, BulkScreen } from '../../state/triage-screens.ts';
import { changeLines } from '../entry-lines.ts';
import type { Column } from '../parts/columns.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Piece } from '../parts/spread.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import { visible } from '../text/cells.ts';
import { unknown } from '../text/numbers.ts';
import { wrap } from '../text/wrap.ts';
import { DetailList } from './detail-list.tsx';

interface Props {
  readonly screen: BulkScreen;
  readonly state: ConsoleState;
}

/** A plan of many changes: reviewed row by row, saved, then run; each row says what became of it. */
export function BulkView({ screen, state }: Props): ReactNode {
  const theme = useTheme();
  const line = rowUnderCursor(screen.list, rowId.bulk);
  return (
    <DetailList
      state={state}
      list={screen.list}
      columns={columns(theme)}
      rowKey={rowId.bulk}
      title={titleOf(screen, state)}
      empty={['Nothing is left to change.', ...screen.leftOut.slice(0, 8), 'Esc goes back.']}
      detail={line === null ? [] : detailOf(line, screen, state)}
    />
  );
}

function titleOf(screen: BulkScreen, state: ConsoleState): readonly Piece[] {
  const { leftOut, path, stopped } = screen;
  const saved: Piece =
    path === null ? { text: '   not saved yet', tone: 'warn' } : { text: `   saved as ${visible(path)}`, tone: 'good' };
  const run = bulkProgress(screen, state.now);
  const why = { failures: 'stopped after failures', interrupted: 'interrupted', journal: 'the journal took no more' };
  return [
    { text: 'Plan', tone: 'bold' },
    { text: `   ${bulkCount(screen)}` },
    ...(leftOut.length === 0 ? [] : [{ text: `   ${leftOut.length} left out`, tone: 'warn' as const }]),
    saved,
    { text: run === null ? '' : `   ${run}`, tone: 'accent' },
    { text: stopped === null ? '' : `   ${why[stopped]}`, tone: 'bad' },
  ];
}

const outcomeWords: Readonly<Record<RowOutcome, string>> = {
  done: 'done',
  accepted: 'accepted',
  refused: 'refused',
  unknown: 'unknown',
  holds: 'holds already',
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

function columns({ marks }: Theme): readonly Column<BulkLine>[] {
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
    { id: 'row', title: '#', rank: 1, min: 4, align: 'right', value: ({ row }) => String(row.row), tone: () => 'dim' },
    { id: 'what', title: 'WHAT', rank: 0, min: 30, grow: 4, value: ({ row }) => row.sentence },
    { id: 'money', title: 'MONEY', rank: 3, min: 16, good: 28, max: 34, value: ({ row }) => row.money ?? unknown },
    {
      id: 'state',
      title: 'STATE',
      rank: 1,
      min: 18,
      value: ({ end }) => (end === null ? 'not sent' : `${markOf(end.outcome)} ${outcomeWords[end.outcome]}`),
      tone: ({ end }) => (end === null ? 'dim' : outcomeTones[end.outcome]),
    },
  ];
}

function detailOf({ row, end }: BulkLine, screen: BulkScreen, state: ConsoleState): readonly PieceLine[] {
  const room = state.columns - 6;
  const why = end?.reason ?? row.rule;
  return [
    ...changeLines(row.before, row.after, room).slice(0, 1),
    ...wrap(why, room)
      .slice(0, 1)
      .map((text): PieceLine => [{ text, tone: end === null ? 'dim' : outcomeTones[end.outcome] }]),
    ...(screen.leftOut.length === 0
      ? [[{ text: row.ref, tone: 'dim' as const }]]
      : [[{ text: visible(`Left out: ${screen.leftOut.join(' ')}`), tone: 'warn' as const }]]),
  ];
}
