import stringWidth from 'string-width';
import { sureWidthOf } from '../text/cells.ts';

/** Widths of lines already asked for; a frame asks for the same lines several times. */
const known = new Map<string, number>();
const kept = 256;

const sgr = /\u001b\[[\d;]*m/g;
const plainAscii = /^[\x20-\x7e]*$/;

/** The cells a styled line takes: what `string-width` says, remembered, with a short way for lines that are surely so wide. */
export function cellWidth(line: string): number {
  if (plainAscii.test(line)) return line.length;
  const before = known.get(line);
  if (before !== undefined) return before;
  const bare = line.includes('\u001b') ? line.replace(sgr, '') : line;
  const width = sureWidthOf(bare) ?? stringWidth(line);
  if (known.size >= kept) known.clear();
  known.set(line, width);
  return width;
}

/** In the bundle this takes the place of `string-width` for Ink, which imports a default. */
export default function inkWidth(line: unknown, options?: Parameters<typeof stringWidth>[1]): number {
  if (typeof line !== 'string') return 0;
  return options === undefined ? cellWidth(line) : stringWidth(line, options);
}
