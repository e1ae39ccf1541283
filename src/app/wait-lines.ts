import type { WaitNotice } from '../api/setup.ts';
import { leftText } from '../model/calendar.ts';
import type { Clock } from '../model/clock.ts';
import { waitCause } from '../model/wait-text.ts';

/** A wait that ends no later than this after one that was told is the same one, in milliseconds. */
const sameWait = 1_000;

/**
 * A line for each wait that a vendor makes a command do, told once however many reads wait: `nordic: waiting 31 s for …`. Tries
 * that are made again within moments are no wait.
 */
export function waitLines(
  { monotonic }: Pick<Clock, 'monotonic'>,
  say: (line: string) => void,
): (wait: WaitNotice) => void {
  const told = new Map<string, number>();
  return ({ connection, milliseconds, why, limit }) => {
    if (why === 'no-answer') return;
    const until = monotonic() + milliseconds;
    if (until <= (told.get(connection) ?? Number.NEGATIVE_INFINITY) + sameWait) return;
    told.set(connection, until);
    say(`${connection}: waiting ${leftText(milliseconds)} ${waitCause(why, limit)}.`);
  };
}
