import { Box } from 'ink';
import type { ReactNode } from 'react';
import { barsOf, chartHeights, measureOf, selectedBar } from '../../state/chart-bars.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { textHeight } from '../../state/layout.ts';
import type { ChartsScreen } from '../../state/today-screens.ts';
import { barLines, barScale } from '../../today/charts/bars.ts';
import { measureName, sizeOf } from '../../today/charts/measure.ts';
import { renewalCalendarLines } from '../../today/charts/renewal-calendar.ts';
import { cutNote } from '../../today/charts/scale.ts';
import type { PieceLine } from '../parts/fields.ts';
import { FilterHelp } from '../parts/filter-line.tsx';
import { TextView } from '../parts/text-view.tsx';
import type { Theme } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import { cuttable, inForms, nameOf, optional, type TitlePart, titleRanks } from '../parts/title-line.ts';
import { TitleRow } from '../parts/title-row.tsx';
import { Line } from '../table/table.tsx';
import { visible } from '../text/cells.ts';

const tallest = 10;

interface Props {
  readonly screen: ChartsScreen;
  readonly state: ConsoleState;
}

/** Charts of a list: subscriptions that end or renew by week, and their shares by status and product. */
export function ChartsView({ screen, state }: Props): ReactNode {
  const theme = useTheme();
  const { lines, selected } = chartLines(screen, state, theme);
  const height = textHeight(state);
  return (
    <Box flexDirection="column">
      <TitleRow width={state.columns} y={1} left={titleOf(screen)} />
      <Line text="" />
      <TextView lines={lines} scroll={Math.max(0, selected - height + 2)} width={state.columns} height={height} />
      <FilterHelp state={state} />
    </Box>
  );
}

function titleOf(screen: ChartsScreen): readonly TitlePart[] {
  const { filterText } = screen;
  return [
    nameOf('Charts'),
    inForms(titleRanks.count, [{ text: `   in ${measureName(measureOf(screen))}`, tone: 'accent' }]),
    ...(filterText === '' ? [] : [cuttable(titleRanks.filter, `   filter: ${filterText}`, 24, 'warn')]),
    optional(titleRanks.hint, { text: '   m changes the measure', tone: 'dim' }),
  ];
}

/** All charts as lines, and the line of the bar under the cursor. */
function chartLines(
  screen: ChartsScreen,
  state: ConsoleState,
  theme: Theme,
): { readonly lines: readonly PieceLine[]; readonly selected: number } {
  const { charts } = screen;
  if (charts === null) return { lines: [[{ text: 'Adding up…', tone: 'dim' }]], selected: 0 };
  const measure = measureOf(screen);
  const bar = selectedBar(screen);
  const canvas = { width: state.columns - 6, marks: theme.marks.name, measure };
  const calendar = {
    ...canvas,
    height: Math.max(4, Math.min(tallest, textHeight(state) - 15)),
    selected: bar?.from ?? null,
  };
  const lines: PieceLine[] = [
    heading('Ends and renewals, the next 12 months'),
    ...renewalCalendarLines(charts.weeks, calendar).map((text): PieceLine => [{ text: visible(text), tone: 'accent' }]),
  ];
  let selected = 0;
  for (const chart of ['statuses', 'products'] as const) {
    const height = chartHeights[chart];
    const shares = charts[chart];
    const ids = barsOf(screen).flatMap((each) => (each.chart === chart ? [each.id] : []));
    const isCut = shares.some((share) => barScale(shares, measure).isCut(sizeOf(share, measure)));
    lines.push([], heading(chart === 'statuses' ? 'By status' : 'By product', isCut ? cutNote(canvas) : ''));
    for (const [index, text] of barLines(shares, { ...canvas, height }).entries()) {
      const isSelected = bar !== null && ids[index] === bar.id;
      if (isSelected) selected = lines.length;
      lines.push([{ text: visible(text), tone: isSelected ? 'press' : 'plain' }]);
    }
  }
  return { lines, selected };
}

function heading(text: string, note = ''): PieceLine {
  return [
    { text, tone: 'title' },
    { text: note === '' ? '' : `   ${note}`, tone: 'dim' },
  ];
}
