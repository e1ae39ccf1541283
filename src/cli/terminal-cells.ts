import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import { isAmbiguousWide } from '../model/ambiguous-width.ts';

const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The cells that a terminal gives a text. */
export function cellsOf(text: string): number {
  return stringWidth(text, { ambiguousIsNarrow: !isAmbiguousWide() });
}

/** A text in at most `width` cells, truncated with `…`. */
export function cutToCells(text: string, width: number): string {
  if (!isAmbiguousWide()) return cliTruncate(text, width);
  if (cellsOf(text) <= width) return text;
  const ending = '…';
  const room = width - cellsOf(ending);
  let out = '';
  let used = 0;
  for (const { segment } of clusters.segment(text)) {
    used += cellsOf(segment);
    if (used > room) break;
    out += segment;
  }
  return room < 0 ? '' : out + ending;
}
