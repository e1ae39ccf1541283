import stringWidth from 'string-width';
import { isAmbiguousWide } from '../../model/ambiguous-width.ts';
import { sureWidthOf, widthOf } from '../text/cells.ts';

/** Widths of recent lines: a frame asks for the same lines several times. */
const recent = new Map<string, number>();
const mostRecent = 256;

const sgr = /\u001b\[[\d;]*m/g;
const plainAscii = /^[\x20-\x7e]*$/;

/**
 * How many cells a styled line takes: what `string-width` says, remembered; plain ASCII is measured by its length. Where ambiguous
 * characters are wide, what the screens say.
 */
export function textWidth(line: string): number {
  if (plainAscii.test(line)) return line.length;
  const known = recent.get(line);
  if (known !== undefined) return known;
  const bare = line.includes('\u001b') ? line.replace(sgr, '') : line;
  const width = sureWidthOf(bare) ?? (isAmbiguousWide() ? widthOf(bare) : stringWidth(line));
  if (recent.size >= mostRecent) recent.clear();
  recent.set(line, width);
  return width;
}

/** In the bundle this takes the place of `string-width` for Ink (build/patches/ink-text-width.ts). */
export default function inkTextWidth(line: unknown, options?: Parameters<typeof stringWidth>[1]): number {
  if (typeof line !== 'string') return 0;
  return options === undefined ? textWidth(line) : stringWidth(line, options);
}
