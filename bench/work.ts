import { setTimeout as wait } from 'node:timers/promises';
import { keys } from './console.ts';
import type { Watched } from './terminal.ts';

/** Resident megabytes: at the end, and the maximum. */
export interface Memory {
  readonly after: number;
  readonly most: number;
}

const longest = 2_000;
const searches = ['zenith', 'backup', 'voice', '東京', 'fjord tr', 'status:active ends<30d', 'org:acme', 'qty>=100'];
const screens = ['sellers', 'organizations', 'today'];

/**
 * A support agent's typical work, repeated for this many milliseconds: scrolls, pages, searches, sorts, opens a
 * subscription, and now and then a level or Today. Begins and ends in the list of all subscriptions.
 */
export async function workFor(console: Watched, milliseconds: number): Promise<Memory> {
  const until = performance.now() + milliseconds;
  let most = 0;
  const press = async (key: string, quiet: number) => {
    // A key that changes nothing produces no output.
    await Promise.race([console.press(key, quiet).catch(() => undefined), wait(longest)]);
    most = Math.max(most, console.memory());
  };
  const go = async (screen: string) => {
    await press(':', 200);
    await press(screen, 200);
    await press(keys.enter, 1500);
  };
  for (let round = 0; performance.now() < until; round += 1) {
    for (let row = 0; row < 40; row += 1) await press(keys.down, 15);
    for (let page = 0; page < 20; page += 1) await press(keys.pageDown, 20);
    await press('/', 200);
    for (const letter of searches[round % searches.length] ?? '') await press(letter, 60);
    await press(keys.escape, 400);
    await press('s', 300);
    // The menu opens on the previous column: eight columns up, and down again.
    await press((round >> 3) % 2 === 0 ? keys.up : keys.down, 40);
    await press(keys.enter, 400);
    await press(keys.enter, 400);
    await press(keys.escape, 400);
    if (round % 4 === 3) {
      await go(screens[(round >> 2) % screens.length] ?? '');
      await go('subscriptions');
    }
  }
  return { after: console.memory(), most };
}
