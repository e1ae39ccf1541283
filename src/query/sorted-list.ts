import { type Bits, clearBit, countBits, hasBit } from '../store/bits.ts';
import type { Recheck } from './recheck.ts';
import { passesRechecks } from './selection.ts';

/** This many rows are rechecked before the first answer; one recheck costs some ten microseconds. */
const lookedAtFirst = 200;
/** Positions of the list between two marks. */
const strideBits = 10;
const stride = 1 << strideBits;

/**
 * The rows of a query in order: the members of a set, within a shared list. There is no list per query, since lists of
 * a million rows dominate memory. Rows are rechecked as late as possible: all rows up to a wanted position if many may
 * fail, only the wanted ones if hardly any does.
 */
export class SortedList {
  private readonly list: Uint32Array;
  /** Null: every row of the list. With rechecks, failed rows are removed. */
  private readonly members: Bits | null;
  private readonly rechecks: readonly Recheck[];
  private readonly often: boolean;
  private memberCount: number;
  /** Number of members before every 1024th position, as far as the list was walked. */
  private readonly marks: Uint32Array;
  private markCount = 1;
  /** Members before this position are confirmed. */
  private looked: number;

  /** `members`, all of them in the list, become this object's own if there are rechecks. */
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

  /** Rows from a position on, each rechecked. */
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

  /** Rows before this one, or null if it is not a member. */
  positionOf(row: number): number | null {
    if (!this.has(row)) return null;
    const place = this.list.indexOf(row);
    if (place === -1) return null;
    if (this.often) this.lookUntil(() => this.looked > place);
    return this.has(row) && this.holds(row, place) ? this.membersBefore(place) : null;
  }

  /** The same with its own temporary memory. */
  lasting(): SortedList {
    return new SortedList(this.list.slice(), this.members?.slice() ?? null, this.rechecks);
  }

  /** Rechecks rows in order until none is left or `enough`, called with the number confirmed so far, returns true. */
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

  /** With rechecks: whether it is a row of the query, as far as it was rechecked. */
  has(row: number): boolean {
    return this.members === null || hasBit(this.members, row);
  }

  /** Whether a member is confirmed; one that fails is removed. */
  private holds(row: number, place: number): boolean {
    if (place < this.looked || passesRechecks(this.rechecks, row)) return true;
    if (this.members !== null) clearBit(this.members, row);
    this.memberCount -= 1;
    for (let mark = (place >>> strideBits) + 1; mark < this.markCount; mark += 1) {
      this.marks[mark] = (this.marks[mark] ?? 0) - 1;
    }
    return false;
  }

  /** The list position of the member at an index; the list's length if there is none. */
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

  /** Walks to the next mark; false if there is none. */
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
