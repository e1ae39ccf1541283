/**
 * Lets the dates of a process, and of the processes that it starts with `clockFlag`, begin at one fixed moment, so that the pictures
 * show the same data whenever they are taken. Elapsed time stays real.
 */
const begin = Date.parse('2026-11-30T09:00:00Z');
const RealDate = Date;
const given = new URL(import.meta.url).searchParams.get('shift');
const shift = given === null ? begin - RealDate.now() : Number(given);

class FixedDate extends RealDate {
  constructor(...parts: readonly []) {
    // Without arguments it is now; everything else is passed on as it is.
    if (parts.length === 0) super(RealDate.now() + shift);
    else super(...parts);
  }
  static override now(): number {
    return RealDate.now() + shift;
  }
}

Object.defineProperty(globalThis, 'Date', { value: FixedDate, writable: true, configurable: true });

/** For Node, before the program: it has the same clock. */
export const clockFlag = `--import=${new URL(`?shift=${shift}`, import.meta.url).href}`;
// Worker threads that are started here with the flags of this process.
if (given === null) process.execArgv.push(clockFlag);
