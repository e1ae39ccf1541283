import { widthOf } from '../text/cells.ts';
import { clip } from '../text/fit.ts';
import { type Piece, widthOfPieces } from './line-pieces.ts';
import { type TitlePart, titleRanks } from './title-line.ts';

/** Tabs, the open one bold and in the accent colour. Where there is too little room, `…` stands for those at the ends. */
export function tabStrip(labels: readonly string[], open: number): TitlePart {
  return {
    rank: titleRanks.count,
    full: widthOfPieces(tabsFrom(labels, 0, labels.length, open)),
    least: Math.min(widthOf(labels[open] ?? ''), leastTab) + 2,
    draw: (room) => drawn(labels, open, room),
  };
}

const leastTab = 16;
const more: Piece = { text: '…', tone: 'dim' };

function drawn(labels: readonly string[], open: number, room: number): readonly Piece[] {
  const strip = (first: number, end: number): readonly Piece[] => [
    ...(first > 0 ? [more] : []),
    ...tabsFrom(labels, first, end, open),
    ...(end < labels.length ? [more] : []),
  ];
  const fits = (first: number, end: number) => widthOfPieces(strip(first, end)) <= room;
  let first = 0;
  while (first < open && !fits(first, open + 1)) first += 1;
  let end = labels.length;
  while (end > open + 1 && !fits(first, end)) end -= 1;
  return fits(first, end) ? strip(first, end) : [{ text: clip(`[${labels[open] ?? ''}]`, room), tone: 'title' }];
}

function tabsFrom(labels: readonly string[], first: number, end: number, open: number): readonly Piece[] {
  return labels.slice(first, end).flatMap((label, index): readonly Piece[] => {
    const gap: Piece = { text: index === 0 ? '' : ' ' };
    return [gap, first + index === open ? { text: `[${label}]`, tone: 'title' } : { text: ` ${label} `, tone: 'dim' }];
  });
}
