import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ConsoleState } from '../../state/console-state.ts';
import { textHeight } from '../../state/layout.ts';
import type { ChartsScreen } from '../../state/today-screens.ts';
import { barLines } from '../../today/charts/bars.ts';
import { measureName, measuresOf } from '../../today/charts/measure.ts';
import { renewalCalendarLines } from '../../today/charts/renewal-calendar.ts';
import type { PieceLine } from '../parts/fields.ts';
import { FilterHelp } from '../parts/filter-line.tsx';
import { TextView } from '../parts/text-view.tsx';
import type { Theme, Tone } from '../parts/theme.ts';
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
  return (
    <Box flexDirection="column">
      <TitleRow width={state.columns} y={1} left={titleOf(screen)} />
      <Line text="" />
      <TextView
        lines={pictureLines(screen, state, theme)}
        scroll={screen.scroll}
        width={state.columns}
        height={textHeight(state)}
      />
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

function measureOf({ charts: pictures, measure }: ChartsScreen) {
  const measures = measuresOf(pictures?.products ?? []);
  return measures[measure % measures.length] ?? { kind: 'seats' as const };
}

function pictureLines(screen: ChartsScreen, state: ConsoleState, theme: Theme): readonly PieceLine[] {
  const { charts: pictures } = screen;
  if (pictures === null) return [];
  const measure = measureOf(screen);
  const canvas = { width: state.columns - 6, marks: theme.marks.name, measure };
  const height = Math.max(4, Math.min(tallest, textHeight(state) - 13));
  const drawn = (lines: readonly string[], tone: Tone): readonly PieceLine[] =>
    lines.map((text) => [{ text: visible(text), tone }]);
  return [
    heading('Ends and renewals, the next 12 months'),
    ...drawn(renewalCalendarLines(pictures.weeks, { ...canvas, height }), 'accent'),
    [],
    heading('By status'),
    ...drawn(barLines(pictures.statuses, { ...canvas, height: 7 }), 'plain'),
    [],
    heading('By product'),
    ...drawn(barLines(pictures.products, { ...canvas, height: 30 }), 'plain'),
  ];
}

function heading(text: string): PieceLine {
  return [{ text, tone: 'title' }];
}
