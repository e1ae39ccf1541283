import { createContext, useContext } from 'react';
import type { ThemeSettings } from '../../model/settings.ts';
import type { Tone } from './colours.ts';
import { palettes, withoutColour } from './colours.ts';
import type { Marks } from './marks.ts';
import { asciiMarks, unicodeMarks } from './marks.ts';

export type { Marks, Tone };

export interface Theme {
  readonly marks: Marks;
  readonly spinner: readonly string[];
  /** Paints a tone on unstyled text. */
  paint(tone: Tone, text: string): string;
  /** The row under the cursor; the text is unstyled. */
  selected(text: string): string;
}

export interface ThemeOptions extends Pick<ThemeSettings, 'contrast' | 'marks' | 'spinner' | 'ambiguous'> {
  /** False with `NO_COLOR` or `--no-color`. Bold, dim and inverse remain. */
  readonly colour: boolean;
  /** The terminal's background. */
  readonly background: 'dark' | 'light';
}

/** Marks and borders that a terminal draws two cells wide would leave their places: there they are ASCII too. */
export function drawsAscii({ marks, ambiguous }: Pick<ThemeSettings, 'marks' | 'ambiguous'>): boolean {
  return marks === 'ascii' || ambiguous === 'wide';
}

export function makeTheme(options: ThemeOptions): Theme {
  const coloured = palettes[options.contrast][options.background];
  const table = options.colour ? coloured : withoutColour(coloured);
  const ascii = drawsAscii(options);
  const marks = ascii ? asciiMarks : unicodeMarks;
  const frames = ascii ? ['|', '/', '-', '\\'] : ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
  const cursor = options.contrast === 'high' ? (['1;7', '22;27'] as const) : (['7', '27'] as const);
  return {
    marks,
    spinner: options.spinner ? frames : [marks.running],
    paint: (tone, text) => {
      const [on, off] = table[tone];
      return on === '' || (text.trim() === '' && tone !== 'caret') ? text : `\u001b[${on}m${text}\u001b[${off}m`;
    },
    selected: (text) => `\u001b[${cursor[0]}m${text}\u001b[${cursor[1]}m`,
  };
}

export const ThemeContext = createContext<Theme>(
  makeTheme({ contrast: 'normal', marks: 'unicode', spinner: true, colour: true, background: 'dark' }),
);

export function useTheme(): Theme {
  return useContext(ThemeContext);
}
