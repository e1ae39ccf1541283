import { appendFileSync, chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app/open-app.ts';
import { type Home, openHome } from '../vendors/home.ts';
import { type Assistant, errorOf, openAssistant, tools } from './fixture.ts';

let home: Home;
let app: App;
let assistant: Assistant;
beforeAll(async () => {
  home = await openHome({ sandbox: { scale: 300, rateLimits: false, speed: 1000, seed: 1 } });
  await home.words('sync');
  app = home.openApp();
  assistant = await openAssistant(app);
});
afterAll(async () => {
  await assistant.close();
  app.close();
  await home.close();
});

const log = () => join(home.path, 'logs', 'assistant.jsonl');
const writesServed = async () => {
  const served = (await Promise.all(home.sandbox.connections.map(({ vendor }) => home.served(vendor)))).flat();
  return served.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search'));
};

describe('for one connection', () => {
  let limited: Assistant;
  const others = () => home.sandbox.connections.map(({ name }) => name).filter((name) => name !== 'interworks');
  beforeAll(async () => {
    limited = await openAssistant(app, 'interworks');
  });
  afterAll(() => limited.close());

  test('no tool tells of the others', async () => {
    const { rows } = await assistant.data('subscription_list', { filter: 'connection=vmware' });
    const [foreign] = rows;
    const unasked = rows.find(({ organization }) => organization.name !== foreign.organization.name).organization.name;
    const [own] = (await limited.data('subscription_list', { limit: 1 })).rows;
    const answers: unknown[] = [];
    for (const { name, parameters } of tools) {
      const needs = parameters.filter(({ isRequired }) => isRequired).map((parameter) => parameter.name);
      const given = Object.fromEntries(needs.map((need) => [need, need === 'ref' ? own.ref : 'interworks']));
      if (name !== 'plan_create' && name !== 'help' && name !== 'vendors')
        answers.push(await limited.call(name, given));
    }
    for (const [name, given] of [
      ['subscription_show', { ref: foreign.ref }],
      ['subscription_show', { ref: foreign.id }],
      ['subscription_list', { search: foreign.name }],
      ['subscription_list', { within: `organization=vmware/${foreign.organization.id}` }],
      ['subscription_timeline', { ref: foreign.ref }],
      ['customer_show', { name: foreign.organization.name }],
      ['customer_show', { name: `vmware/${foreign.organization.id}` }],
      ['connection_show', { name: 'vmware' }],
      ['connection_test', { name: 'vmware' }],
      ['product_list', { connection: 'vmware' }],
      ['today', { connection: 'vmware' }],
      ['plan_create', { changes: [{ verb: 'set-quantity', ref: foreign.ref, quantity: 1 }] }],
    ] as const) {
      const answer = await limited.call(name, given);
      answers.push(answer);
      if (name === 'subscription_list' && 'search' in given) expect(JSON.stringify(answer)).not.toContain(foreign.ref);
      else
        expect(errorOf(answer)).toMatchObject({ kind: 'missing', next: expect.stringContaining('interworks alone') });
    }
    const asked = new Set(['vmware']);
    const all = JSON.stringify(answers.map((answer) => (answer as { content: unknown }).content));
    for (const name of others().filter((each) => !asked.has(each))) expect(all).not.toContain(`${name}/`);
    expect(all).not.toContain(unasked);
    expect(limited.crashes).toEqual([]);
  });

  test('saved views, which name what other connections show, are not there', async () => {
    const view = { name: 'Contoso at vmware', trail: [], filter: 'org:Contoso', columns: ['nosuch'], sort: [] };
    app.context.remembered.change((kept) => ({ ...kept, views: [view] }));
    expect(JSON.stringify(await assistant.data('doctor'))).toContain('Contoso at vmware');
    expect(JSON.stringify(await limited.data('doctor'))).not.toContain('Contoso');
  });

  test('a journal entry and a proposed plan of another connection are not there', async () => {
    const [row] = (
      await assistant.data('subscription_list', {
        filter: 'connection=cloudcockpit status=active qty>1 -is:addon -is:trial',
        limit: 1,
      })
    ).rows;
    const change = { verb: 'set-quantity', ref: row.ref, quantity: row.quantity + 1 };
    const { result } = await assistant.data('plan_create', { changes: [change] });
    expect(errorOf(await limited.call('plan_show', { file: result.name })).kind).toBe('missing');
    expect(JSON.stringify(await limited.data('today'))).not.toContain(result.name);
    await home.words('subscription', 'set-quantity', row.ref, String(row.quantity + 1), '--yes');
    await Promise.all(home.sandbox.connections.map(({ vendor }) => home.served(vendor)));
    const [entry] = (await assistant.data('journal_list')).rows;
    expect(entry.ref).toBe(row.ref);
    expect((await limited.data('journal_list')).rows).toEqual([]);
    expect(errorOf(await limited.call('journal_show', { id: entry.id })).kind).toBe('missing');
    expect(JSON.stringify(await limited.data('handover'))).not.toContain(row.ref);
  });
});

test('hostile arguments get an error, crash nothing and send nothing', async () => {
  const names = tools.map(({ name }) => name).filter((name) => !['request_watch', 'connection_probe'].includes(name));
  const keys = [...new Set(tools.flatMap(({ parameters }) => parameters.map(({ name }) => name)))];
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '__proto__',
      'constructor',
      '../../etc/passwd',
      '\u0000',
      '\u202e',
      '-1',
      '--yes',
      `${'x'.repeat(9_999)}`,
    ),
    fc.constantFrom('vmware/../interworks/1', 'nowhere/1', 'interworks/', '/', 'https://x/y', '%2e%2e', "' or 1=1"),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.array(fc.string(), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('verb', 'ref', 'quantity', '__proto__', 'toString'), fc.string(), { maxKeys: 4 }),
  );
  const given = fc.dictionary(
    fc.oneof(fc.constantFrom(...keys, 'cursor', '__proto__'), fc.string({ maxLength: 8 })),
    odd,
    { maxKeys: 4 },
  );
  await writesServed();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), given, async (name, some) => {
      const answer = await assistant.call(name, JSON.parse(JSON.stringify(some)));
      if (answer.isError === true) expect(errorOf(answer).next).not.toBe('');
    }),
    { numRuns: 120 },
  );
  expect(assistant.crashes).toEqual([]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(await writesServed()).toEqual([]);
});

/** Bytes on the heap that something still refers to. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

test('250 calls in a row take bounded memory', async () => {
  const call = (index: number) => assistant.data('subscription_list', { limit: 5, search: `${index % 10}` });
  for (let index = 0; index < 10; index += 1) await call(index);
  const before = heapInUse();
  for (let index = 0; index < 250; index += 1) await call(index);
  expect(heapInUse() - before).toBeLessThan(250 * 40_000);
});

test('concurrent calls are all answered; more than 32 are refused', async () => {
  const many = await Promise.all(Array.from({ length: 60 }, () => assistant.call('subscription_list', { limit: 1 })));
  const refused = many.filter(({ isError }) => isError === true);
  expect(refused.length).toBeLessThanOrEqual(28);
  for (const each of refused)
    expect(errorOf(each)).toMatchObject({ kind: 'denied', next: 'Wait for the others, then call again.' });
  expect(many.length - refused.length).toBeGreaterThanOrEqual(32);
});

test('a cancelled call stops its reads, and its end is recorded', async () => {
  const slow = await openHome({ sandbox: { scale: 2_000, rateLimits: false, delay: 200, seed: 1 } });
  const own = slow.openApp();
  const waiting = await openAssistant(own);
  const stop = new AbortController();
  const called = waiting.call('subscription_list', { connection: 'interworks' }, stop.signal);
  while ((await slow.served('interworks')).length === 0) await pause(20);
  stop.abort();
  await expect(called).rejects.toThrow();
  await expect.poll(() => own.context.sync.running()).toEqual([]);
  await expect.poll(() => own.context.assistantCalls.all().at(-1)?.outcome).toBe('interrupted');
  expect((await slow.served('interworks')).length).toBeLessThan(8);
  await waiting.close();
  own.close();
  await slow.close();
});

describe('the log', () => {
  test('has names of arguments, values only where they are declared, in a private file', async () => {
    await assistant.call('subscription_list', { connection: 'interworks', filter: 'name:s3cr3t', sort: 'name' });
    await assistant.call('journal_list', { state: 'unknown' });
    await assistant.call('subscription_show', { ref: 's3cr3t' });
    await expect(assistant.call('subscription_cancel', { ref: 's3cr3t' })).rejects.toMatchObject({ code: -32602 });
    const text = readFileSync(log(), 'utf8');
    expect(text).not.toContain('s3cr3t');
    expect(statSync(log()).mode & 0o777).toBe(0o600);
    const { stdout } = await home.words('mcp', 'log', '--json', '--limit', '4');
    const client = 'tester⟨001B⟩[31m 1.0';
    expect(JSON.parse(stdout)).toMatchObject([
      { client, tool: 'subscription_cancel', given: [], outcome: 'usage' },
      { client, tool: 'subscription_show', given: ['ref'], outcome: 'missing' },
      { client, tool: 'journal_list', given: ['state=unknown'], outcome: 'ok' },
      { client, tool: 'subscription_list', given: ['connection=interworks', 'filter', 'sort'], outcome: 'ok' },
    ]);
    expect((await home.words('mcp', 'log')).stdout).not.toContain('\u001b');
  });

  test('keeps to its size; lines that nobody can read are left out', async () => {
    appendFileSync(log(), `${'x'.repeat(1_100_000)}\nno json\n{"id":7}\n`);
    await assistant.data('vendors');
    expect(statSync(log()).size).toBeLessThan(700_000);
    expect((await home.words('mcp', 'log', '--json')).json<unknown[]>()).toMatchObject([
      { tool: 'vendors', outcome: 'ok' },
    ]);
  });

  test('a call that cannot be recorded is not answered', async () => {
    chmodSync(log(), 0o622);
    expect(errorOf(await assistant.call('vendors'))).toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('not used'),
    });
    expect((await home.words('mcp', 'log')).code).toBe(5);
    chmodSync(log(), 0o600);
  });
});
