import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';

const connections = ['cloudmore-reseller', 'cloudmore-seller', 'interworks', 'lineworks', 'cloudcockpit'] as const;
let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({ connections, sandbox: ['--scale=100', '--rate-limits=off'] });
});
afterAll(() => fixture.close());

interface Row {
  readonly ref: string;
  readonly quantity: number;
  readonly organization: { readonly name: string };
}

/** As a person with an editor would change it: every occurrence of the company name in the row. */
function rename(path: string, from: string): void {
  const text = readFileSync(path, 'utf8');
  const quoted = JSON.stringify(from).slice(1, -1);
  expect(text).toContain(quoted);
  writeFileSync(path, text.replaceAll(quoted, 'Test Tenant'));
}

async function planned(connection: string, name: string): Promise<{ readonly plan: string; readonly row: Row }> {
  const filter = ['--filter', 'status:active qty>3 qty<5000 -is:addon -is:trial', '--sort', 'id'];
  const { json } = await fixture.words('subscription', 'list', '--connection', connection, ...filter, '--json');
  const row = json<readonly Row[]>()[name.length % 2];
  if (row === undefined) throw new Error(`${connection} has no row`);
  const verb = connection === 'lineworks' || name === 'seats' ? 'set-quantity' : 'cancel';
  const csv = join(fixture.home, `${connection}-${name}.csv`);
  writeFileSync(
    csv,
    `ref,verb,mode,quantity\n${row.ref},${verb},${verb === 'cancel' ? 'cancel' : ''},${verb === 'cancel' ? '' : row.quantity - 1}\n`,
  );
  const plan = join(fixture.home, `${connection}-${name}.plan`);
  const made = await fixture.words('plan', 'create', plan, '--from', csv);
  expect(made.code, made.stderr).toBe(0);
  return { plan, row };
}

test.each(connections)(
  '%s: a file with an edited company sends nothing, also with an empty cache',
  async (connection) => {
    const { plan, row } = await planned(connection, 'edited');
    rename(plan, row.organization.name);
    const before = (await fixture.sent()).length;
    expect((await fixture.words('cache', 'purge')).code).toBe(0);
    const run = await fixture.words('plan', 'run', plan, '--dry-run', '--json');
    expect(run.json<{ plan: readonly object[] }>().plan).toEqual([]);
    expect(run.stderr).toContain(`Test Tenant → ${row.organization.name}`);
    expect((await fixture.sent()).length).toBe(before);
  },
);
