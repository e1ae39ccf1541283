import { Box } from 'ink';
import { type ReactNode, useEffect, useMemo } from 'react';
import type { ConsoleState } from '../../state/console-state.ts';
import { type Pane, previewHeight } from '../../state/layout.ts';
import { clamp } from '../../state/list.ts';
import { useConsole } from '../parts/console-context.ts';
import type { PieceLine } from '../parts/fields.ts';
import { spread } from '../parts/line-pieces.ts';
import { withMore } from '../parts/text-view.tsx';
import { useTheme } from '../parts/theme.ts';
import { cuttable, fitParts, optional, titleRanks } from '../parts/title-line.ts';
import { Line } from '../table/table.tsx';
import { aroundPreview, type PreviewText, previewText } from './preview-lines.ts';

const nothing: PreviewText = { name: '', lines: [[{ text: 'There is no row under the cursor.', tone: 'dim' }]] };

/** The record of the row under the cursor, beside its list. */
export function PreviewPane({ state, pane }: { readonly state: ConsoleState; readonly pane: Pane }): ReactNode {
  const theme = useTheme();
  const { record, isFocused, scroll } = state.preview;
  const { name, lines } = useMemo(
    () => (record === null ? nothing : previewText(record, state, pane, theme)),
    [record, state, pane, theme],
  );
  useReportedLength(lines.length, state.preview.length, isFocused);
  const height = previewHeight(pane);
  const top = clamp(scroll, Math.max(0, lines.length - height));
  const more = lines.length - top - height;
  const width = pane.width - aroundPreview;
  const paneLine = (line: PieceLine, right: PieceLine) => {
    const rule = theme.paint(isFocused ? 'accent' : 'dim', theme.marks.border.vertical);
    return `${rule} ${spread(theme, width, line, right)}`;
  };
  const shown = Array.from({ length: height }, (_, index): readonly [PieceLine, PieceLine] => {
    const line = lines[top + index] ?? [];
    if (more <= 0 || index < height - 1) return [line, []];
    const last = withMore(line, more, width, theme);
    return [last.line, last.pieces];
  });
  return (
    <Box flexDirection="column" width={pane.width}>
      <Line text={paneLine(...headOf(name, isFocused, width, record !== null))} />
      <Line text={paneLine([], [])} />
      {shown.map(([line, right], index) => {
        const key = `${index}`;
        return <Line key={key} text={paneLine(line, right)} />;
      })}
    </Box>
  );
}

/** The name, and the key that moves into the pane or back. */
function headOf(
  name: string,
  isFocused: boolean,
  width: number,
  hasRecord: boolean,
): readonly [left: PieceLine, right: PieceLine] {
  if (!hasRecord) return [[], []];
  const hint = isFocused ? ' back to the list' : '';
  const [left = [], right = []] = fitParts(
    [
      cuttable(titleRanks.longName, name, 24, isFocused ? 'title' : 'bold'),
      optional(titleRanks.hint, { text: 'Tab', tone: 'key' }, { text: hint, tone: 'dim' }),
    ],
    width - 2,
  );
  return [left, right];
}

/** Tells the console how far the text can be scrolled, where somebody can. */
function useReportedLength(length: number, known: number, isFocused: boolean): void {
  const console = useConsole();
  useEffect(() => {
    if (!isFocused || length === known) return;
    console?.update((state) => ({ ...state, preview: { ...state.preview, length } }));
  }, [console, length, known, isFocused]);
}
