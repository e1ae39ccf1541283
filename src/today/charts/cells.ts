import stringWidth from 'string-width';
import { isAmbiguousWide } from '../../model/ambiguous-width.ts';
import { asciiTwins } from '../../model/ascii-twins.ts';

const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where lines are drawn. */
export interface Canvas {
  /** Cells; no line is wider. */
  readonly width: number;
  readonly marks: 'unicode' | 'ascii';
}

/** A text in exactly this many cells: truncated with `…` (or `.`), or padded. */
export function fitted(
  text: string,
  width: number,
  { marks }: Pick<Canvas, 'marks'>,
  align: 'left' | 'right' = 'left',
): string {
  const short = cut(text, width, marks === 'ascii' ? '.' : '…');
  const room = ' '.repeat(Math.max(0, width - cellsOf(short)));
  return align === 'left' ? short + room : room + short;
}

/** The cells that a text takes on the screen. */
export function cellsOf(text: string): number {
  return isAmbiguousWide() ? stringWidth(asciiTwins(text), { ambiguousIsNarrow: false }) : stringWidth(text);
}

function cut(text: string, width: number, ending: string): string {
  if (width <= 0) return '';
  if (cellsOf(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const { segment } of clusters.segment(text)) {
    const wide = cellsOf(segment);
    if (used + wide > width - 1) break;
    out += segment;
    used += wide;
  }
  return out + ending;
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A horizontal bar: `share` (0 to 1) of `width` cells. A non-zero share is never drawn empty. */
export function lyingBar(share: number, width: number, { marks }: Pick<Canvas, 'marks'>): string {
  const cells = Math.min(1, Math.max(0, share)) * width;
  if (marks === 'ascii') return '#'.repeat(cells > 0 ? Math.max(1, Math.round(cells)) : 0);
  const parts = cells > 0 ? Math.max(1, Math.round(cells * 8)) : 0;
  return '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
}

const heights = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** One cell of a vertical bar of `height` lines: the line `level` from below, 0 first. */
export function standingCell(share: number, height: number, level: number, { marks }: Pick<Canvas, 'marks'>): string {
  const whole = Math.min(1, Math.max(0, share)) * height;
  const eights = share > 0 ? Math.max(1, Math.round(whole * 8)) : 0;
  const here = Math.min(8, Math.max(0, eights - level * 8));
  if (marks === 'ascii') return here === 0 ? ' ' : here > 4 ? '#' : '.';
  return heights[here] ?? ' ';
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** `1.2K`, for axes. */
export function short(value: number): string {
  return compact.format(value);
}
