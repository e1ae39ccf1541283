import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from '../../src/commands/table.ts';
import { rowId } from '../../src/state/row-id.ts';
import { makeConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { manyRows } from './rows.ts';

const bound = [...new Set(commands.flatMap(({ keys }) => keys?.keys ?? []))];
const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...bound).map((name) => (name.length === 1 ? name : `<${name}>`)) },
  { weight: 1, arbitrary: fc.constantFrom('席', 'x', '"', 'qty<9', 'zzz', '<f9>') },
);
const burst = fc.array(key, { minLength: 1, maxLength: 4 }).map((keys) => keys.join(''));
const happening = fc.oneof(
  { weight: 8, arbitrary: burst.map((keys) => ({ keys })) },
  { weight: 1, arbitrary: fc.nat(119).map((gone) => ({ gone })) },
  {
    weight: 1,
    arbitrary: fc.record({ columns: fc.integer({ min: 1, max: 200 }), rows: fc.integer({ min: 1, max: 60 }) }),
  },
);

// Random keys may export the shown rows to a file, which is written to the working directory.
const before = process.cwd();
const elsewhere = mkdtempSync(join(tmpdir(), 'any-keys-'));
beforeAll(() => process.chdir(elsewhere));
afterAll(() => {
  process.chdir(before);
  rmSync(elsewhere, { recursive: true, force: true });
});

it('no key sequence throws, sends by accident, or moves the cursor off its row', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
      const fixture = makeFixture(manyRows(120));
      const console = makeConsole(fixture);
      for (const each of happenings) {
        if ('keys' in each) console.type(each.keys);
        else if ('gone' in each) fixture.cache.change(fixture.cache.rows.filter((_, index) => index !== each.gone));
        else console.store.update((state) => ({ ...state, ...each }));
        await Promise.resolve();
        const screen = console.screen();
        if (screen.kind !== 'level' && screen.kind !== 'subscriptions') continue;
        const { list } = screen;
        const row = list.rows[list.index - list.offset];
        const id = row === undefined ? null : 'ref' in row ? rowId.subscriptions(row) : rowId.level(row);
        expect(list.cursor).toBe(id);
        expect(list.cursor === null).toBe(list.total === 0);
      }
      console.stop();
      expect(fixture.sent).toEqual([]);
    }),
    { numRuns: 80 },
  );
});

it('the cursor stays on its row while other rows are removed', () => {
  fc.assert(
    fc.property(fc.nat(39), fc.array(fc.nat(119), { maxLength: 60 }), (down, gone) => {
      const fixture = makeFixture(manyRows(120));
      const console = makeConsole(fixture);
      console.type(`S${'j'.repeat(down)}`);
      const before = console.screen();
      const cursor = before.kind === 'subscriptions' ? before.list.cursor : null;
      fixture.cache.change(fixture.cache.rows.filter((row, index) => row.ref === cursor || !gone.includes(index)));
      console.type('<f9>');
      expect(console.screen()).toMatchObject({ list: { cursor } });
      console.stop();
    }),
    { numRuns: 60 },
  );
});
