import type { Cell } from './cells.ts';
import { cells, isPlainAscii, widthOf } from './cells.ts';

export type Align = 'left' | 'right';

/** A text in exactly `width` cells: padded, or truncated with `…`. */
export function fitTo(text: string, width: number, align: Align = 'left'): string {
  if (width <= 0) return '';
  const short = clip(text, width);
  const room = ' '.repeat(Math.max(0, width - widthOf(short)));
  return align === 'left' ? short + room : room + short;
}

/** A text in at most `width` cells, truncated with `…`. */
export function clip(text: string, width: number): string {
  if (width <= 0) return '';
  if (isPlainAscii(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
  // More UTF-16 units than this cannot matter for so few cells; the limit makes very long texts cheap.
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

/** A text without its first cells; `…` stands for them. */
export function fromCell(text: string, start: number): string {
  if (start <= 0) return text;
  let used = 0;
  const rest = cells(text).filter(({ width }) => {
    used += width;
    return used > start + 1;
  });
  return `…${visibleText(rest)}`;
}

/** A text in at most `width` cells; the ellipsis is a third of the way in, since paths differ at their ends. */
export function clipMiddle(text: string, width: number): string {
  const all = cells(text);
  const total = all.reduce((sum, each) => sum + each.width, 0);
  if (total <= width) return visibleText(all);
  const tail = takeCells(all.toReversed(), Math.floor(((width - 1) * 2) / 3)).toReversed();
  const used = tail.reduce((sum, each) => sum + each.width, 0);
  return `${visibleText(takeCells(all, width - 1 - used))}…${visibleText(tail)}`;
}

function takeCells(all: readonly Cell[], width: number): readonly Cell[] {
  let used = 0;
  const end = all.findIndex((each) => {
    used += each.width;
    return used > width;
  });
  return end === -1 ? all : all.slice(0, end);
}

function visibleText(all: readonly Cell[]): string {
  return all.map((each) => each.text).join('');
}
