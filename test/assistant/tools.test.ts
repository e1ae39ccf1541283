import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app/open-app.ts';
import { answerOf } from '../../src/assistant/answer.ts';
import { assistantContext } from '../../src/assistant/assistant-context.ts';
import { commands } from '../../src/commands/table.ts';
import { fault } from '../../src/model/fault.ts';
import { type Home, openHome } from '../vendors/home.ts';
import { type Assistant, errorOf, openAssistant, tools } from './fixture.ts';

let home: Home;
let app: App;
let assistant: Assistant;
beforeAll(async () => {
  home = await openHome({ sandbox: { scale: 600, rateLimits: false, speed: 1000, today: '2026-11-21', seed: 1 } });
  app = home.openApp();
  assistant = await openAssistant(app);
});
afterAll(async () => {
  await assistant.close();
  app.close();
  await home.close();
});

test('every command that reads is a tool, and of the others none', async () => {
  const reading = commands.flatMap(({ id, words }) => (words?.effect === 'reads' ? [id.replaceAll(' ', '_')] : []));
  const { tools: listed } = await assistant.client.listTools();
  expect(listed.map(({ name }) => name)).toEqual([...reading, 'plan_create']);
  expect(reading).toEqual(expect.arrayContaining(['today', 'subscription_list', 'customer_show', 'journal_show']));
  for (const word of ['set', 'remove', 'purge', 'settle', 'link', 'snooze', 'run', 'sync', 'cancel', 'log']) {
    expect(reading.filter((name) => name.split('_').includes(word))).toEqual([]);
  }
  for (const { name, description, inputSchema, outputSchema } of listed) {
    expect(name).toMatch(/^[a-z_]{1,64}$/);
    expect(description?.length).toBeGreaterThan(20);
    expect(inputSchema.additionalProperties).toBe(false);
    expect(outputSchema?.type).toBe('object');
    for (const property of Object.keys(inputSchema.properties ?? {})) expect(property).toMatch(/^[a-z_]{1,64}$/);
  }
});

test('the context of tools has nothing that sends a write or changes a decision', () => {
  const context = assistantContext(app.context, 'interworks');
  for (const each of [context, assistantContext(app.context, null)]) {
    expect(Object.keys(each.writes).sort()).toEqual(['follower', 'plan', 'recover']);
    expect(Object.keys(each.writes.follower).sort()).toEqual(['pollNow', 'settled']);
    expect(Object.keys(each.setup).sort()).toEqual(['keychainTrouble', 'secretSources', 'secretsGiven', 'vendors']);
    for (const name of ['intend', 'sending', 'mark', 'link', 'close', 'correct', 'accepted', 'takeOver', 'dispose']) {
      expect([name, name in each.journal]).toEqual([name, false]);
    }
    expect('setMode' in each).toBe(false);
  }
  // @ts-expect-error: a tool cannot send, by type.
  expect(context.writes.apply).toBeUndefined();
});

test('a list is paged, each row once, and a cursor of another call is refused', async () => {
  const all: string[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const { rows, nextCursor } = await assistant.data('subscription_list', cursor === null ? {} : { cursor });
    expect(rows.length).toBeLessThanOrEqual(100);
    all.push(...rows.map(({ ref }) => ref));
    cursor = nextCursor;
    pages += 1;
  } while (cursor !== null);
  expect(pages).toBeGreaterThan(5);
  expect(new Set(all).size).toBe(all.length);
  const { rows, nextCursor } = await assistant.data('subscription_list', { filter: 'status:active' });
  expect(rows.length).toBeLessThanOrEqual(100);
  const other = await assistant.call('subscription_list', { filter: 'status:suspended', cursor: nextCursor });
  expect(errorOf(other)).toMatchObject({ kind: 'usage', message: 'The cursor does not belong to this call.' });
});

test('a long object is shown in parts', async () => {
  const first = await assistant.data('today');
  expect(first.result.items.length).toBeLessThanOrEqual(100);
  expect(JSON.stringify(first).length).toBeLessThan(80_000);
  expect(first.nextCursor).not.toBeNull();
  const second = await assistant.data('today', { cursor: first.nextCursor });
  expect(second.result.items[0].key).not.toBe(first.result.items[0].key);
});

test('tools answer as the commands do', async () => {
  const { rows } = await assistant.data('subscription_list', { connection: 'interworks', limit: 3 });
  const [row] = rows;
  expect(rows).toHaveLength(3);
  const shown = await assistant.data('subscription_show', { ref: row.ref, raw: true });
  const { json } = await home.words('subscription', 'show', row.ref, '--raw', '--json');
  expect(shown.result).toEqual(json());
  expect((await assistant.data('help', { words: ['filter'] })).result.help).toContain('ends<30d');
});

describe('bad input', () => {
  test('an unknown tool is the protocol’s error, with what to do', async () => {
    const called = assistant.call('subscription_lst');
    await expect(called).rejects.toMatchObject({
      code: -32602,
      data: { error: { kind: 'usage', next: 'Did you mean subscription_list?' } },
    });
    await expect(assistant.call('subscription_cancel', { ref: 'x/y' })).rejects.toMatchObject({ code: -32602 });
    await expect(assistant.call('__proto__')).rejects.toMatchObject({ code: -32602 });
  });

  test.each([
    ['subscription_show', {}, 'subscription_show needs ref'],
    ['subscription_show', { ref: 7 }, 'The argument ref is not a text.'],
    ['subscription_show', { ref: 'x'.repeat(10_001) }, 'The argument ref is not a text of at most 10000 characters.'],
    ['subscription_list', { limit: -1 }, 'The argument limit is not a whole number of 0 or more.'],
    ['subscription_list', { live: 'yes' }, 'The argument live is not true or false.'],
    ['subscription_list', { filtr: 'x' }, 'subscription_list has no argument "filtr".'],
    ['subscription_list', { filter: 'ends<' }, '--filter, position'],
    ['subscription_list', { csv: true }, 'subscription_list has no argument "csv".'],
    ['journal_list', { state: 'odd' }, 'The argument state is not one of'],
    ['help', { words: 'filter' }, 'The argument words is not a list of texts.'],
    ['plan_create', { changes: [] }, 'The argument changes is not a list of one change or more.'],
    ['plan_create', { changes: ['x'] }, 'The argument changes, change 1 is not an object'],
    ['plan_create', { changes: [{ verb: 'destroy' }] }, 'Change 1: "destroy" is not a verb.'],
    ['plan_create', { changes: [{ verb: 'set-license', ref: 'a/b', key: 'K' }] }, 'must not be in a file'],
    ['plan_create', { changes: [{ verb: 'set-quantity', ref: 'a/b' }] }, 'set-quantity needs quantity'],
    ['plan_create', { changes: [{ verb: 'cancel', ref: 'nothing' }] }, 'is not a REF'],
    // A second call would save a second plan of the same changes.
    [
      'plan_create',
      { changes: [{ verb: 'set-quantity', ref: 'a/b', quantity: 1 }], cursor: 'x' },
      'plan_create has no argument "cursor".',
    ],
    ['plan_show', { file: '../settings.json' }, 'There is no proposed plan'],
    ['plan_show', { file: '/etc/passwd' }, 'There is no proposed plan'],
    ['subscription_show', { ref: 'nowhere/1' }, 'There is no connection "nowhere".'],
  ])('%s %j', async (name, given, message) => {
    const error = errorOf(await assistant.call(name, given));
    expect(error.message).toContain(message);
    expect(error.next).not.toBe('');
  });
});

test('what is missing and said is bounded too, and the rest is told', () => {
  const text = 'x'.repeat(5_000);
  const faults = Array.from({ length: 300 }, () => fault('missing', text, text).fault);
  const reply = { kind: 'object', json: {}, sections: [], faults, exit: 'partial' } as const;
  const { content } = answerOf(reply, 0, Array(300).fill(text));
  expect(JSON.stringify(content).length).toBeLessThan(130_000);
  expect(content.cut).toEqual(['faults: the first 5 of 300', 'notes: the first 11 of 300']);
});

test('a proposed plan is a private file with who proposed it; sends nothing', async () => {
  const { rows } = await assistant.data('subscription_list', { filter: 'connection=interworks status=active qty>5' });
  const [first, second] = rows;
  await Promise.all(home.sandbox.connections.map(({ vendor }) => home.served(vendor)));
  const { result, faults } = await assistant.data('plan_create', {
    changes: [
      { verb: 'set-quantity', ref: first.ref, quantity: first.quantity - 1 },
      { verb: 'set-quantity', ref: second.ref, quantity: second.quantity },
      { verb: 'set-quantity', ref: 'interworks/none', quantity: 3 },
    ],
    reason: 'TICKET-4711',
  });
  expect(result.changes).toMatchObject([{ ref: first.ref, verb: 'set-quantity', irreversible: false }]);
  expect(result.changes[0].sentence).toContain(String(first.quantity - 1));
  expect(result.leftOut).toHaveLength(2);
  expect(faults).toMatchObject([{ kind: 'missing' }]);
  expect(statSync(result.file).mode & 0o777).toBe(0o600);
  const file = JSON.parse(readFileSync(result.file, 'utf8'));
  expect(file).toMatchObject({ proposedBy: 'tester⟨001B⟩[31m 1.0', reason: 'TICKET-4711' });
  const shown = await assistant.data('plan_show', { file: result.name });
  // A person types it to confirm what was reviewed.
  const reviewed = await home.words('plan', 'show', result.file, '--json');
  const { digest } = reviewed.json<{ readonly digest: string }>();
  expect(reviewed.stderr).toContain(digest);
  expect(JSON.stringify(shown)).not.toContain(digest);
  expect(shown.rows).toMatchObject([{ ref: first.ref, state: 'open' }]);
  expect(shown.notes.join(' ')).toContain('Proposed by the assistant tester⟨001B⟩[31m 1.0; no person made it.');
  const { stdout } = await home.words('today', '--json');
  const item = JSON.parse(stdout).items.find(({ kind }: { kind: string }) => kind === 'proposed');
  expect(item).toMatchObject({
    urgency: 'soon',
    connection: 'interworks',
    next: { words: expect.stringContaining('plan show') },
  });
  const served = (await Promise.all(home.sandbox.connections.map(({ vendor }) => home.served(vendor)))).flat();
  expect(served.length).toBeGreaterThan(0);
  expect(served.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search'))).toEqual([]);
  // Every word of it is confirmed by a person; without a terminal by the digest of what was reviewed.
  const refused = await home.words('plan', 'run', result.file, '--yes');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('Proposed by the assistant tester');
});

test('every result fits its declared shape, without undeclared fields', async () => {
  expect(tools.length).toBeGreaterThan(25);
});
