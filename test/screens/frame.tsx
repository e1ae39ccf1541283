import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import { Frame } from '../../src/screens/frame.tsx';
import { makeTheme } from '../../src/screens/parts/theme.ts';
import type { TestConsole } from '../state/console.ts';

/** The whole screen of a console as text: one string per line, without colours and trailing spaces. */
export function frameOf(
  console: TestConsole,
  marks: 'unicode' | 'ascii' = 'unicode',
  colour = true,
): readonly string[] {
  const theme = makeTheme({ contrast: 'normal', marks, spinner: false, colour, background: 'dark' });
  const { columns } = console.state();
  const frame = renderToString(<Frame store={console.store} deps={console.deps} theme={theme} />, { columns });
  return stripVTControlCharacters(frame)
    .split('\n')
    .map((line) => line.trimEnd());
}
