/** Rows per block of postings: 2^15, so that a row is two bytes within its block. */
export const blockBits = 15;
export const blockSize = 1 << blockBits;

/** Maximum trigrams checked per search; more would rarely exclude another row. */
const trigramsAtMost = 12;
/** A line break ends a line of the haystack, a tab one of several texts in it. */
const [tab, lineBreak] = [9, 10];
/** Maximum lines of a haystack: a trigram is of one line, so that a text is not found across two. */
export const linesAtMost = 8;

/**
 * A trigram: three UTF-16 units of a folded text and their line, in one number, padded with zeros at the end of the
 * text. A single unit is a trigram with leading zeros, so that a search for one letter need not combine thousands.
 */
function trigramOf(first: number, second: number, third: number): number {
  return (first * 2 ** 32 + second * 2 ** 16 + third) * linesAtMost;
}

/** A range of trigrams, inclusive, of which a row must have one. */
export interface TrigramRange {
  readonly from: number;
  readonly to: number;
}

/**
 * What a row must have to contain a text: one trigram of each range, all in one line. `exact`: then it does contain it.
 */
export interface WantedTrigrams {
  readonly ranges: readonly TrigramRange[];
  readonly exact: boolean;
}

/** `text` is folded and not empty. */
export function wantedTrigrams(text: string): WantedTrigrams {
  const unit = (index: number) => text.charCodeAt(index);
  const inAnyLine = (trigram: number): TrigramRange => ({ from: trigram, to: trigram + linesAtMost - 1 });
  if (text.length === 1) return { ranges: [inAnyLine(trigramOf(0, 0, unit(0)))], exact: true };
  if (text.length === 2) {
    const { to } = inAnyLine(trigramOf(unit(0), unit(1), 0xffff));
    return { ranges: [{ from: trigramOf(unit(0), unit(1), 0), to }], exact: true };
  }
  const trigrams = new Set<number>();
  for (let index = 0; index + 2 < text.length; index += 1) {
    trigrams.add(trigramOf(unit(index), unit(index + 1), unit(index + 2)));
  }
  return { ranges: [...trigrams].slice(0, trigramsAtMost).map(inAnyLine), exact: text.length === 3 };
}

/** Collects the trigrams of a block's rows, then returns each trigram's rows. */
export class TrigramCollector {
  private capacity = 1 << 16;
  private table = new Int32Array(this.capacity).fill(-1);
  private readonly high: number[] = [];
  private readonly low: number[] = [];
  private readonly lastRow: number[] = [];
  private readonly counts: number[] = [];
  private pairs = new Uint32Array(1 << 16);
  private pairCount = 0;
  private readonly rows: number[] = [];
  private readonly rowStarts: number[] = [];

  /** Rows ascending; `row` is the number within the block, `text` the haystack. */
  add(row: number, text: string): void {
    this.rows.push(row);
    this.rowStarts.push(this.pairCount);
    const { length } = text;
    const isEnd = (unit: number) => unit === tab || unit === lineBreak;
    let line = 0;
    for (let index = 0; index < length; index += 1) {
      const first = text.charCodeAt(index);
      if (first === lineBreak) line += 1;
      if (isEnd(first)) continue;
      let second = index + 1 < length ? text.charCodeAt(index + 1) : 0;
      let third = index + 2 < length ? text.charCodeAt(index + 2) : 0;
      if (isEnd(second)) second = 0;
      if (second === 0 || isEnd(third)) third = 0;
      this.note(row, 0, first * linesAtMost + line);
      this.note(row, (first << 16) | second, third * linesAtMost + line);
    }
  }

  /** Trigrams ascending, each with its rows ascending. `rows` is valid until the next step. */
  *postings(): Generator<{ readonly trigram: number; readonly rows: Uint16Array }> {
    const starts = new Uint32Array(this.counts.length);
    let next = 0;
    for (const [id, count] of this.counts.entries()) {
      starts[id] = next;
      next += count;
    }
    const all = new Uint16Array(next);
    const ends = starts.slice();
    for (const [index, row] of this.rows.entries()) {
      const end = this.rowStarts[index + 1] ?? this.pairCount;
      for (let pair = this.rowStarts[index] ?? 0; pair < end; pair += 1) {
        const id = this.pairs[pair] ?? 0;
        const place = ends[id] ?? 0;
        all[place] = row;
        ends[id] = place + 1;
      }
    }
    const trigram = (id: number) => ((this.high[id] ?? 0) >>> 0) * 2 ** 16 * linesAtMost + (this.low[id] ?? 0);
    const ids = Array.from(this.counts.keys()).sort((a, b) => trigram(a) - trigram(b));
    for (const id of ids) yield { trigram: trigram(id), rows: all.subarray(starts[id], ends[id]) };
  }

  private note(row: number, high: number, low: number): void {
    const id = this.idOf(high, low);
    if (this.lastRow[id] === row) return;
    this.lastRow[id] = row;
    this.counts[id] = (this.counts[id] ?? 0) + 1;
    if (this.pairCount === this.pairs.length) {
      const longer = new Uint32Array(this.pairs.length * 2);
      longer.set(this.pairs);
      this.pairs = longer;
    }
    this.pairs[this.pairCount] = id;
    this.pairCount += 1;
  }

  private idOf(high: number, low: number): number {
    let slot = this.slotOf(high, low);
    for (;;) {
      const id = this.table[slot] ?? -1;
      if (id === -1) break;
      if (this.high[id] === high && this.low[id] === low) return id;
      slot = (slot + 1) & (this.capacity - 1);
    }
    const id = this.counts.length;
    this.table[slot] = id;
    this.high.push(high);
    this.low.push(low);
    this.lastRow.push(-1);
    this.counts.push(0);
    if (id * 2 > this.capacity) this.grow();
    return id;
  }

  private slotOf(high: number, low: number): number {
    const mixed = Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & (this.capacity - 1);
  }

  private grow(): void {
    this.capacity *= 2;
    this.table = new Int32Array(this.capacity).fill(-1);
    for (const [id, high] of this.high.entries()) {
      let slot = this.slotOf(high, this.low[id] ?? 0);
      while (this.table[slot] !== -1) slot = (slot + 1) & (this.capacity - 1);
      this.table[slot] = id;
    }
  }
}
