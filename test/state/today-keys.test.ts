import { setImmediate as soon } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { commands } from '../../src/commands/table.ts';
import { makeConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { noon, subscription } from './rows.ts';

const today = commands.filter(({ keys }) => keys?.scopes.includes('today'));
const overlays = ['menu', 'form', 'prompt', 'plan', 'filter', 'palette', 'result', 'notice', 'leave', 'columns-menu'];

/** Whether a key changes something on Today: it marks an item, or asks for what is written with Enter. */
async function changes(key: string): Promise<boolean> {
  const endsAt = new Date(noon + 3_600_000).toISOString();
  const fixture = makeFixture([subscription({ id: 's-1', endsAt, cancellableUntil: endsAt })]);
  let marked = 0;
  const mark = async () => {
    marked += 1;
  };
  Object.assign(fixture.context.journal, { mark, author: 'ada' });
  const console = makeConsole(fixture);
  console.type('T');
  await console.until((state) => state.today !== null || state.stack.at(-1)?.kind === 'today');
  console.type(key.length === 1 ? key : `<${key}>`);
  await soon();
  const { overlay } = console.state();
  console.stop();
  return marked > 0 || overlay?.kind === 'form' || overlay?.kind === 'prompt';
}

it('no key that changes something on Today does something else elsewhere', async () => {
  const changing: string[] = [];
  for (const { keys } of today) {
    for (const key of keys?.keys ?? []) {
      if (!(await changes(key))) continue;
      changing.push(key);
      const others = commands.filter(
        (other) =>
          other.keys?.keys.includes(key) &&
          !other.keys.scopes.includes('today') &&
          other.keys.scopes.some((scope) => !overlays.includes(scope)),
      );
      expect([key, others.map(({ id }) => id)]).toEqual([key, []]);
    }
  }
  expect(changing).toEqual(expect.arrayContaining(['z', 'D', 'N', 't']));
});
