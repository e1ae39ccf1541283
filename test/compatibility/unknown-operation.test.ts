import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/app/clock.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { intent, step } from '../journal/intent.ts';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { currentPlan } from './current-plan.ts';

/** An id that a later version might use. */
const later = 'set-flavour';

let fixture: StoryFixture;
beforeEach(async () => {
  fixture = await openStory({
    connections: ['cloudmore-reseller'],
    homeFrom: join(import.meta.dirname, 'home-0.1.0'),
    sandbox: ['--scale=60', '--seed=7', '--today=2026-11-20', '--speed=200'],
  });
});
afterEach(() => fixture.close());

interface PlanContent {
  readonly rows: readonly { readonly row: number; readonly verb: string; readonly wish: { readonly verb: string } }[];
}

/** The plan file of 0.1.0 with one additional row, of an unknown operation. */
async function planWithOneMore(): Promise<string> {
  const file = await currentPlan(fixture);
  const content = JSON.parse(readFileSync(file, 'utf8')) as PlanContent;
  const [first] = content.rows;
  if (first === undefined) throw new Error('The plan has no row.');
  const wish = { ...first.wish, verb: later, flavour: 'mint' };
  const strange = { ...first, row: 99, verb: later, sentence: 'Give it another flavour.', wish };
  writeFileSync(file, JSON.stringify({ ...content, rows: [strange, ...content.rows] }));
  return file;
}

test('names a row with an unknown operation and shows and checks the others', async () => {
  const whole = await currentPlan(fixture);
  const before = await fixture.words('plan', 'show', whole, '--json');
  const planned = await fixture.words('plan', 'run', whole, '--dry-run', '--json');
  const file = await planWithOneMore();
  const shown = await fixture.words('plan', 'show', file, '--json');
  expect(shown.code).toBe(9);
  expect(shown.stderr).toContain(`does not know the operation \\"${later}\\"`);
  const known = before.json<{ readonly rows: readonly object[]; readonly digest: string }>();
  const now = shown.json<{ readonly rows: readonly object[]; readonly digest: string }>();
  expect(now.rows).toEqual([
    ...known.rows,
    expect.objectContaining({ row: 99, verb: later, state: 'unknown-operation', sentence: 'Give it another flavour.' }),
  ]);
  expect(now.digest).not.toBe(known.digest);
  const checked = await fixture.words('plan', 'run', file, '--dry-run', '--json');
  expect(checked.code).toBe(0);
  expect(checked.json()).toEqual(planned.json());
  expect(checked.stderr).toContain('is skipped');
});

test('a run sends the known rows and keeps the unknown one unsent and in the file', async () => {
  const file = await planWithOneMore();
  const content = readFileSync(file, 'utf8');
  const shown = await fixture.words('plan', 'show', file, '--json');
  const { digest } = shown.json<{ readonly digest: string }>();
  const run = await fixture.words('plan', 'run', file, '--yes', '--confirm', digest, '--json');
  expect(run.code, run.stderr).toBe(9);
  const outcomes = run.json<readonly { readonly row: number; readonly outcome: string }[]>();
  expect(outcomes.find(({ row }) => row === 99)?.outcome).toBe('left-alone');
  expect(outcomes.filter(({ outcome }) => outcome === 'done' || outcome === 'accepted').length).toBeGreaterThan(0);
  expect(readFileSync(file, 'utf8')).toBe(content);
});

test('lists an entry with an unknown operation, which only a person can settle', async () => {
  const { settings } = (await fixture.words('connection', 'show', 'cloudmore-reseller', '--json')).json<{
    readonly settings: { readonly baseUrl: string };
  }>();
  const account = `cloudmore ${new URL(settings.baseUrl).origin}`;
  const journal = openJournal(join(fixture.home, 'journal.db'), { clock: systemClock });
  const ref = 'cloudmore-reseller/of-a-later-version';
  const given = await journal.intend({ ...intent, ref, account, verb: later, sentence: 'Give it another flavour.' });
  if (given.kind !== 'intended') throw new Error(JSON.stringify(given));
  await journal.sending(given.id, step);
  await journal.close(given.id, { state: 'unknown', reason: 'No answer came.', vendor: null, basis: 'answer' });
  await journal.dispose();

  const listed = await fixture.words('journal', 'list', '--json');
  const entries = listed.json<readonly { readonly id: string; readonly verb: string; readonly state: string }[]>();
  expect(entries).toHaveLength(6);
  expect(entries.find(({ id }) => id === given.id)).toMatchObject({ verb: later, state: 'unknown' });
  const settled = await fixture.words('journal', 'settle', given.id);
  expect(settled.code).not.toBe(0);
  expect(settled.stderr).toContain(`does not know the operation "${later}"`);
  const after = (await fixture.words('journal', 'list', '--json')).json<typeof entries>();
  expect(after.find(({ id }) => id === given.id)?.state).toBe('unknown');
  expect((await fixture.words('journal', 'settle', given.id, '--as', 'applied')).code).toBe(0);
});
