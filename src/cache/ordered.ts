import type { Doubt } from './doubt.ts';
import { passesDoubts } from './selection.ts';

/** As many doubtful rows are looked at before the first answer; a look costs some microseconds. */
const lookedAtFirst = 1000;

/**
 * The rows of a query in order. Where rows are in doubt they are looked at as late as possible: all rows up to a wanted
 * position when many may fail, only the wanted ones when hardly any does.
 */
export class Ordered {
  private readonly rows: Uint32Array;
  private readonly doubts: readonly Doubt[];
  private readonly often: boolean;
  /** rows[0, looked) are right; rows[next, end) are still to be looked at; between lie those that failed. */
  private looked: number;
  private next: number;
  private end: number;

  /** `rows` becomes this object's own. */
  constructor(rows: Uint32Array, doubts: readonly Doubt[]) {
    this.rows = rows;
    this.doubts = doubts;
    this.often = doubts.some(({ kind }) => kind === 'often');
    this.end = rows.length;
    this.looked = doubts.length === 0 ? rows.length : 0;
    this.next = this.looked;
    if (rows.length <= lookedAtFirst) this.lookUntil(() => false);
  }

  get total(): number {
    return this.looked + (this.end - this.next);
  }

  get counted(): boolean {
    return this.next === this.end;
  }

  /** Rows from a position on, each looked at. */
  window(offset: number, limit: number): readonly number[] {
    const from = Math.max(0, offset);
    if (this.often) this.lookUntil(() => this.looked >= from + limit);
    const rows: number[] = [];
    for (let position = from; position < this.total && rows.length < limit; ) {
      const row = this.at(position);
      if (position < this.looked || passesDoubts(this.doubts, row)) {
        rows.push(row);
        position += 1;
      } else {
        this.drop(position);
      }
    }
    return rows;
  }

  /** Rows before this one, or null when it is not among them. */
  positionOf(row: number): number | null {
    const known = this.rows.subarray(0, this.looked).indexOf(row);
    if (known !== -1) return known;
    if (this.often) {
      const before = this.looked;
      this.lookUntil(() => this.looked > before && this.rows[this.looked - 1] === row);
      return this.rows[this.looked - 1] === row ? this.looked - 1 : null;
    }
    const late = this.rows.subarray(this.next, this.end).indexOf(row);
    if (late === -1 || !passesDoubts(this.doubts, row)) return null;
    return this.looked + late;
  }

  /** Looks at rows in order until there is none left or `enough` says so. */
  lookUntil(enough: () => boolean): void {
    while (this.next < this.end && !enough()) {
      const row = this.rows[this.next] ?? 0;
      this.next += 1;
      if (!passesDoubts(this.doubts, row)) continue;
      this.rows[this.looked] = row;
      this.looked += 1;
    }
  }

  private at(position: number): number {
    const index = position < this.looked ? position : this.next + position - this.looked;
    return this.rows[index] ?? 0;
  }

  private drop(position: number): void {
    const index = this.next + position - this.looked;
    this.rows.copyWithin(index, index + 1, this.end);
    this.end -= 1;
  }
}
