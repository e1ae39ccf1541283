import { cells, isPlainAscii, widthOf } from './cells.ts';

export type Align = 'left' | 'right';

/** A text in exactly `width` cells: padded, or cut with `…`. */
export function fitTo(text: string, width: number, align: Align = 'left'): string {
  if (width <= 0) return '';
  const short = clip(text, width);
  const room = ' '.repeat(Math.max(0, width - widthOf(short)));
  return align === 'left' ? short + room : room + short;
}

/** A text in at most `width` cells; what does not fit ends in `…`. */
export function clip(text: string, width: number): string {
  if (width <= 0) return '';
  if (isPlainAscii(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
  // More UTF-16 units than this cannot matter for so few cells, and very long texts cost nothing.
  const all = cells(text.slice(0, width * 16));
  const total = all.reduce((sum, each) => sum + each.width, 0);
  if (total <= width) return all.map((each) => each.text).join('');
  let out = '';
  let used = 0;
  for (const each of all) {
    if (used + each.width > width - 1) break;
    out += each.text;
    used += each.width;
  }
  return `${out}…`;
}
