import { type Bits, clearBit, countBits, hasBit } from '../store/bits.ts';
import type { Recheck } from './recheck.ts';
import { passesRechecks } from './selection.ts';

/** As many rows to recheck are looked at before the first answer; a look costs some ten microseconds. */
const lookedAtFirst = 200;
/** Places of the list between two marks. */
const strideBits = 10;
const stride = 1 << strideBits;

/**
 * The rows of a query in order: those of a list that are in a set. No list of its own, because lists of a million rows
 * are what memory goes to. Where rows are to be rechecked they are looked at as late as possible: all rows up to a
 * wanted position when many may fail, only the wanted ones when hardly any does.
 */
export class SortedList {
  private readonly list: Uint32Array;
  /** Null: every row of the list. Where there are rechecks, rows that failed are taken out. */
  private readonly members: Bits | null;
  private readonly rechecks: readonly Recheck[];
  private readonly often: boolean;
  private memberCount: number;
  /** Members in the list before every 1024th place, as far as the list was walked so far. */
  private readonly marks: Uint32Array;
  private markCount = 1;
  /** Members before this place of the list are right. */
  private looked: number;

  /** `members`, all of them in the list, become this object's own where there are rechecks. */
  constructor(list: Uint32Array, members: Bits | null, rechecks: readonly Recheck[]) {
    this.list = list;
    this.members = members;
    this.rechecks = rechecks;
    this.often = rechecks.some(({ kind }) => kind === 'often');
    this.looked = rechecks.length === 0 ? list.length : 0;
    this.memberCount = members === null ? list.length : countBits(members);
    this.marks = new Uint32Array(members === null ? 1 : (list.length >>> strideBits) + 1);
    if (this.total <= lookedAtFirst) this.lookUntil(() => false);
  }

  get total(): number {
    return this.memberCount;
  }

  get counted(): boolean {
    return this.looked === this.list.length;
  }

  /** Rows from a position on, each looked at. */
  window(offset: number, limit: number): readonly number[] {
    const from = Math.max(0, offset);
    if (this.often) this.lookUntil((right) => right >= from + limit);
    const rows: number[] = [];
    for (let place = this.placeOf(from); place < this.list.length && rows.length < limit; place += 1) {
      const row = this.list[place] ?? 0;
      if (this.has(row) && this.holds(row, place)) rows.push(row);
    }
    return rows;
  }

  /** Rows before this one, or null when it is not among them. */
  positionOf(row: number): number | null {
    if (!this.has(row)) return null;
    const place = this.list.indexOf(row);
    if (place === -1) return null;
    if (this.often) this.lookUntil(() => this.looked > place);
    return this.has(row) && this.holds(row, place) ? this.membersBefore(place) : null;
  }

  /** The same with memory of its own, for as long as it takes. */
  lasting(): SortedList {
    return new SortedList(this.list.slice(), this.members?.slice() ?? null, this.rechecks);
  }

  /** Looks at rows in order until there is none left or `enough`, told how many are right so far, says so. */
  lookUntil(enough: (right: number) => boolean): void {
    if (this.counted) return;
    let right = this.membersBefore(this.looked);
    while (this.looked < this.list.length) {
      const row = this.list[this.looked] ?? 0;
      if (this.has(row)) {
        if (enough(right)) return;
        if (this.holds(row, this.looked)) right += 1;
      }
      this.looked += 1;
    }
  }

  /** Where there are rechecks: whether it is a row of the query, as far as it was looked at. */
  has(row: number): boolean {
    return this.members === null || hasBit(this.members, row);
  }

  /** Whether a member is right; one that is not is taken out. */
  private holds(row: number, place: number): boolean {
    if (place < this.looked || passesRechecks(this.rechecks, row)) return true;
    if (this.members !== null) clearBit(this.members, row);
    this.memberCount -= 1;
    for (let mark = (place >>> strideBits) + 1; mark < this.markCount; mark += 1) {
      this.marks[mark] = (this.marks[mark] ?? 0) - 1;
    }
    return false;
  }

  /** The place of the list where the member at a position stands; the length of the list where there is none. */
  private placeOf(position: number): number {
    if (this.members === null) return position;
    if (position >= this.memberCount) return this.list.length;
    while ((this.marks[this.markCount - 1] ?? 0) <= position && this.markMore());
    let [low, high] = [0, this.markCount];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.marks[middle] ?? 0) <= position) low = middle;
      else high = middle;
    }
    let place = low * stride;
    for (let before = this.marks[low] ?? 0; place < this.list.length; place += 1) {
      if (!this.has(this.list[place] ?? 0)) continue;
      if (before === position) break;
      before += 1;
    }
    return place;
  }

  private membersBefore(place: number): number {
    if (this.members === null) return place;
    const mark = place >>> strideBits;
    while (this.markCount <= mark && this.markMore());
    return (this.marks[mark] ?? 0) + this.membersFrom(mark * stride, place);
  }

  /** Walks on to the next mark; false where there is none. */
  private markMore(): boolean {
    if (this.markCount === this.marks.length) return false;
    const from = (this.markCount - 1) * stride;
    this.marks[this.markCount] = (this.marks[this.markCount - 1] ?? 0) + this.membersFrom(from, from + stride);
    this.markCount += 1;
    return true;
  }

  private membersFrom(from: number, to: number): number {
    const { list, members } = this;
    if (members === null) return to - from;
    let count = 0;
    for (let place = from; place < to; place += 1) {
      const row = list[place] ?? 0;
      count += ((members[row >>> 5] ?? 0) >>> (row & 31)) & 1;
    }
    return count;
  }
}
