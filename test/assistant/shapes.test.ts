import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app/open-app.ts';
import { answerSchema } from '../../src/assistant/answer.ts';
import { commands } from '../../src/commands/table.ts';
import { type Home, openHome } from '../vendors/home.ts';
import { type Answered, type Assistant, openAssistant, tools } from './fixture.ts';

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

/** Of every tool the calls that show all fields that it may give. */
async function calls(): Promise<ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>> {
  const some = async (filter: string, limit = 4) => (await assistant.data('subscription_list', { filter, limit })).rows;
  const seats = await some('connection=interworks status=active qty>5 -is:addon');
  const [row, , raised, planned] = seats;
  // interworks lowers by a request, and raises by an order.
  for (const [{ ref, quantity }, by] of [
    [row, -1],
    [raised, 1],
  ] as const) {
    await home.words('subscription', 'set-quantity', ref, String(quantity + by), '--yes', '--reason', 'TICKET-1');
  }
  const { json } = await home.words('journal', 'list', '--json');
  const entry = json<{ id: string; ref: string }[]>().find(({ ref }) => ref === row.ref);
  const change = { verb: 'set-quantity', ref: planned.ref, quantity: 2 };
  const plan = await assistant.data('plan_create', { changes: [change], reason: 'TICKET-2' });
  const all = home.sandbox.connections.map(({ name }) => name);
  const each = await Promise.all(all.map((name) => some(`connection=${name} status=active`, 1)));
  const refs = each.flat().map(({ ref }) => ({ ref }));
  return new Map<string, readonly Readonly<Record<string, unknown>>[]>([
    ['connection_show', [{ name: 'interworks' }]],
    ['connection_test', [{ name: 'interworks' }]],
    ['connection_probe', [{ name: 'interworks' }]],
    ['customer_show', [{ name: row.organization.name }]],
    [
      'product_list',
      each.flat().map(({ connection, organization, services }) => {
        return { connection, organization: organization.id, service: services[0]?.id };
      }),
    ],
    ['subscription_show', [...refs, { ref: row.ref, raw: true }]],
    ['subscription_history', refs],
    ['subscription_details', refs],
    ['subscription_timeline', refs],
    ['subscription_changes', [{ since: 'year' }, { ref: row.ref, history: true }]],
    ['renewal_show', refs],
    ['reservation_show', refs],
    ['addon_list', refs],
    ['order_show', (await assistant.data('order_list')).rows.map(({ id }) => ({ id }))],
    ['request_show', [{ id: entry?.id }]],
    ['request_watch', [{ id: [entry?.id] }]],
    ['journal_show', [{ id: entry?.id }, { id: entry?.id, receipt: true }]],
    ['plan_show', [{ file: plan.result.name }]],
    ['plan_create', [{ changes: [change] }]],
    ['today', [{}, { group: 'organization' }, { limit: 1 }]],
    ['help', [{}, { words: ['filter'] }]],
  ]);
}

test('answers fit their schemas, and have no field that is not declared', async () => {
  const validator = new AjvJsonSchemaValidator();
  const given = await calls();
  const answers = new Map<string, number>();
  for (const tool of tools) {
    const words = commands.find(({ id }) => id.replaceAll(/[^a-z0-9]+/g, '_') === tool.name)?.words;
    const isReading = words?.effect === 'reads';
    const schema = isReading ? answerSchema(words.kind, words.output, true) : tool.outputSchema;
    const isValid = validator.getValidator<unknown>(JSON.parse(JSON.stringify(schema)));
    for (const some of given.get(tool.name) ?? [{}]) {
      const { isError, structuredContent } = await assistant.call(tool.name, some);
      if (isError === true) {
        // A vendor that has no such thing says so; nothing else may fail here.
        expect([tool.name, structuredContent]).toMatchObject([
          tool.name,
          { error: { kind: expect.stringMatching(/^(denied|missing)$/) } },
        ]);
        continue;
      }
      const found = isValid(structuredContent);
      expect([tool.name, found.valid, found.errorMessage]).toEqual([tool.name, true, undefined]);
      const { rows, result } = structuredContent as unknown as Answered;
      if ((rows ?? [result]).length > 0) answers.set(tool.name, (answers.get(tool.name) ?? 0) + 1);
    }
  }
  const silent = tools.map(({ name }) => name).filter((name) => !answers.has(name));
  // This installation has no team's store.
  expect(silent).toEqual(['team_status']);
  expect(assistant.crashes).toEqual([]);
});
