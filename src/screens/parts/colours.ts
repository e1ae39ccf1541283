/** The meaning of a piece of text; colour repeats it and never replaces the words. */
export type Tone = 'plain' | 'dim' | 'bold' | 'accent' | 'good' | 'warn' | 'bad' | 'title' | 'key' | 'press' | 'caret';

/** The SGR numbers that switch a tone on and off; only the terminal's own sixteen colours. */
export type Sgr = readonly [on: string, off: string];
export type Palette = Readonly<Record<Tone, Sgr>>;

interface Hues {
  readonly accent: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
}

function palette({ accent, good, warn, bad }: Hues): Palette {
  return {
    plain: ['', ''],
    dim: ['2', '22'],
    bold: ['1', '22'],
    accent: [accent, '39'],
    good: [good, '39'],
    warn: [warn, '39'],
    bad: [bad, '39'],
    title: [`1;${accent}`, '22;39'],
    key: ['1', '22'],
    press: ['7', '27'],
    caret: ['7', '27'],
  };
}

/** High contrast: no dim, and every colour bold. */
function strong({ accent, good, warn, bad }: Hues): Palette {
  const bold = (hue: string): Sgr => [`1;${hue}`, '22;39'];
  return {
    ...palette({ accent, good, warn, bad }),
    dim: ['', ''],
    accent: bold(accent),
    good: bold(good),
    warn: bold(warn),
    bad: bold(bad),
  };
}

const onDark: Hues = { accent: '36', good: '32', warn: '33', bad: '31' };
/** Yellow and cyan are illegible on white. */
const onLight: Hues = { accent: '34', good: '32', warn: '35', bad: '31' };
const brightOnDark: Hues = { accent: '96', good: '92', warn: '93', bad: '91' };

export const palettes = {
  normal: { dark: palette(onDark), light: palette(onLight) },
  high: { dark: strong(brightOnDark), light: strong(onLight) },
} as const;

/** Without colour: bold, dim and inverse remain. */
export function withoutColour(of: Palette): Palette {
  const none: Sgr = ['', ''];
  const bold: Sgr = ['1', '22'];
  return { ...of, accent: none, good: none, warn: none, bad: bold, title: bold };
}
