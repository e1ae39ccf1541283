import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { program } from '../cli/run-program.ts';
import { closeTerminals } from '../terminal/terminal.ts';
import { openStory, type StoryFixture } from './fixture.ts';
import { keyboard } from './keyboard.ts';
import { listed, type Row, succeeded } from './story.ts';

let fixture: StoryFixture;
let client: Client;
beforeAll(async () => {
  const today = new Date().toISOString().slice(0, 10);
  fixture = await openStory({
    connections: ['interworks', 'cloudmore-reseller'],
    sandbox: [`--today=${today}`, '--seed=1'],
  });
  await succeeded(fixture.words('sync'));
  client = new Client({ name: 'Helper', version: '3' });
  const env = { ...fixture.env };
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [program, 'mcp'], env }));
});
afterEach(closeTerminals);
afterAll(async () => {
  await client.close();
  await fixture.close();
});

// biome-ignore lint/suspicious/noExplicitAny: what tools answer is what the story is about.
async function ask(name: string, given: Readonly<Record<string, unknown>>): Promise<any> {
  const { isError, structuredContent } = await client.callTool({ name, arguments: { ...given } });
  expect(isError, JSON.stringify(structuredContent)).not.toBe(true);
  return structuredContent;
}

test('a ticket: the assistant explains and proposes, a person sends', async () => {
  const filter = 'connection=interworks status=active qty>5 ends<30d -is:addon -is:trial';
  const rows = await listed<Row>(fixture, 'subscription', 'list', '--filter', filter);
  const row = rows.find((each) => each.name !== null) ?? rows[0];
  if (row === undefined) throw new Error(`There is no subscription with ${filter}.`);

  // The ticket has an id in its text; the assistant finds what it is.
  const pasted = `Please lower https://portal.example/subscriptions/${row.id.toUpperCase()}?tab=1 by two.`;
  const { result: found } = await ask('subscription_show', { ref: pasted });
  expect(found).toMatchObject({ ref: row.ref, quantity: row.quantity, organization: row.organization });
  const { result: customer } = await ask('customer_show', { name: `interworks/${row.organization.id}` });
  expect(customer.subscriptions.map(({ ref }: Row) => ref)).toContain(row.ref);
  expect(customer.money.sums[0]).toMatchObject({ currency: expect.any(String), amount: expect.any(String) });
  const { result: due } = await ask('today', { filter: `org="${row.organization.name}"` });
  expect(due.items.find(({ ref }: { ref: string }) => ref === row.ref)).toMatchObject({
    organization: row.organization.name,
    due: expect.stringMatching(/^\d{4}-/),
    why: expect.any(String),
  });

  const to = row.quantity - 2;
  const { result: plan } = await ask('plan_create', {
    changes: [{ verb: 'set-quantity', ref: row.ref, quantity: to }],
    reason: 'TICKET-4711',
  });
  expect(plan.changes).toMatchObject([
    { ref: row.ref, sentence: expect.stringContaining(String(to)), rule: expect.any(String) },
  ]);
  expect(plan.changes[0].money).not.toBeNull();
  expect(await fixture.sent()).toEqual([]);

  // A person opens the console and is told of it.
  const person = keyboard(fixture.console({ columns: 80, rows: 24 }));
  await person.see(/1 plan proposed by Helper 3: set-quantity 1/);
  person.press('T');
  await person.see(/▌.*proposed +.*set-quantity 1/);
  await person.see('To review it: :plan show');
  person.press('enter');
  await person.see(/proposed by Helper 3/);
  expect(await fixture.sent()).toEqual([]);
  person.press('x');
  await person.see('Type exactly: set-quantity 1');
  await person.see(/Proposed by the assistant Helper 3/);
  person.type('set-quantity 1');
  person.press('enter');
  await person.see(/✓ done/);
  await person.leave();

  const { stdout: receipt } = await succeeded(fixture.words('journal', 'show', await planIdOf(plan.file), '--receipt'));
  expect(receipt).toContain('TICKET-4711');
  expect(await fixture.sent()).toHaveLength(1);
  const { result: after } = await ask('today', {});
  expect(after.items.filter(({ kind }: { kind: string }) => kind === 'proposed')).toEqual([]);
  // The assistant sees that it was run, and by whom.
  expect((await ask('plan_show', { file: plan.name })).rows).toMatchObject([{ ref: row.ref, state: 'done' }]);
});

async function planIdOf(file: string): Promise<string> {
  const { stdout } = await succeeded(fixture.words('plan', 'show', file, '--json'));
  return JSON.parse(stdout).id;
}
