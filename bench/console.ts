import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Frame, quantile, series, type Watched, watch } from './terminal.ts';
import { type Memory, workFor } from './work.ts';

export const program = join(import.meta.dirname, '../bin/subdeck.js');

export const keys = { down: '\u001b[B', up: '\u001b[A', pageDown: '\u001b[6~', enter: '\r', escape: '\u001b' };

/** Response times and memory of the console on one cache. Milliseconds, bytes, MB. */
export interface ConsoleFigures {
  readonly start: number;
  readonly inWindow: readonly Frame[];
  readonly scroll: readonly Frame[];
  readonly page: readonly Frame[];
  readonly letters: readonly { readonly typed: number; readonly milliseconds: number }[];
  readonly sort: readonly number[];
  readonly memory: Memory;
}

/** `use`: milliseconds of use before memory is measured. */
export async function measureConsole(home: string, times: number, use: number): Promise<ConsoleFigures> {
  const first = openConsole(home);
  await first.sees(rowsOnScreen);
  await wait(untilCompiledIsKept);
  first.kill();
  const starts: number[] = [];
  for (let run = 0; run < 5; run++) {
    const one = openConsole(home);
    starts.push(await one.sees(rowsOnScreen));
    one.kill();
  }
  const console = openConsole(home);
  await console.sees(rowsOnScreen);
  await toAllSubscriptions(console);
  const inWindow: Frame[] = [];
  for (let round = 0; round < times / 40; round++) {
    inWindow.push(...(await series(console, keys.down, 20)), ...(await series(console, keys.up, 20)));
  }
  await series(console, keys.down, 36);
  const scroll = await series(console, keys.down, times);
  const page = await series(console, keys.pageDown, times);
  const letters = await typeSearches(console);
  const sort = await sortByEach(console);
  const memory = await workFor(console, use);
  console.kill();
  return { start: quantile(starts, 0.5), inWindow, scroll, page, letters, sort, memory };
}

/** The first start of a version writes V8's compile cache (src/app/compile-cache.ts); later starts are measured. */
const untilCompiledIsKept = 6_000;
const rowsOnScreen = /Sellers[\s\S]*(?:Adria|Nordic)/;

function openConsole(home: string): Watched {
  return watch(process.execPath, [program], { SUBDECK_HOME: home, SUBDECK_OFFLINE: '1' });
}

/** `:subscriptions` lists every subscription there is. */
async function toAllSubscriptions(console: Watched): Promise<void> {
  await console.press(':', 300);
  await console.press('subscriptions', 300);
  await console.press(keys.enter, 1000);
}

const searches = ['zenith', 'backup', 'hokka', 'voice', '東京商', 'fjord tr', 'enterp', '4242'];

/** Types each search letter by letter from an empty line: the time to the first filtered window. */
async function typeSearches(console: Watched): Promise<ConsoleFigures['letters']> {
  const letters: { typed: number; milliseconds: number }[] = [];
  for (const search of searches) {
    await console.press('/', 300);
    for (const [index, letter] of [...search].entries()) {
      const { first } = await console.press(letter, 250);
      letters.push({ typed: index + 1, milliseconds: first });
    }
    await console.press(keys.escape, 500);
  }
  return letters;
}

/** Picks ten columns of the sort menu, which opens on the previous one: time from the confirming key to the complete frame. */
async function sortByEach(console: Watched): Promise<readonly number[]> {
  const times: number[] = [];
  for (let column = 1; column <= 10; column++) {
    await console.press('s', 300);
    await console.press(keys.down, 40);
    times.push((await console.press(keys.enter, 300)).first);
  }
  return times;
}
