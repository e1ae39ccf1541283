import { describe, expect, test } from 'vitest';
import { sidesDiffer } from '../../../src/sandbox/cloudcockpit/assumptions.ts';
import type { SandboxOptions } from '../../../src/sandbox/start.ts';
import { able, connected, firstRow, sendAll } from '../fixtures/adapter.ts';

const fast: SandboxOptions = { speed: 100_000, scale: 4000 };
const opened = (variants: Readonly<Record<string, string>>) => connected('cloudcockpit', { ...fast, variants });

describe.each(['kept', 'cleared'])('where an omitted renewal is %s', (omitted) => {
  test.each([
    ['without settings', (raw: object) => !hasSettings(raw)],
    ['with settings', hasSettings],
  ])('renaming keeps a renewal %s', async (_, isWanted) => {
    const { vendor } = await opened({ 'omitted-renewal': omitted });
    const { update, read, renewal } = vendor.abilities;
    for await (const { rows } of able(vendor.abilities.sync)({})) {
      for (const { subscription } of rows) {
        if (subscription.status !== 'active' || subscription.renewal?.mode !== 'auto') continue;
        const before = await able(renewal)(subscription);
        if (before === null || !isWanted(before)) continue;
        const answer = await sendAll(able(update)(subscription, { changes: { name: 'Renamed' } }));
        expect(answer).toMatchObject({ outcome: 'accepted' });
        await expect
          .poll(async () => (await able(read)({ id: subscription.id, known: subscription }))?.subscription.name)
          .toBe('Renamed');
        expect(await able(renewal)(subscription)).toEqual(before);
        return;
      }
    }
    throw new Error('No row matches.');
  });
});

function hasSettings(renewal: object): boolean {
  return 'autoRenewSettings' in renewal && renewal.autoRenewSettings !== null;
}

test.each(['keeps-schedule', 'deletes-schedule'])(
  'an immediate change that %s is sent, and its plan warns of the effect',
  async (reading) => {
    const { vendor } = await opened({ 'immediate-change': reading });
    const { read, raiseQuantity } = vendor.abilities;
    const row = await firstRow(
      vendor,
      ({ status, billing, renewal }) => status === 'active' && billing === 'Monthly' && renewal?.mode === 'auto',
    );
    const quantity = (row.quantity ?? 0) + 1;
    const draft = able(raiseQuantity)(row, { quantity });
    expect(draft.rule).toContain('may delete changes that are scheduled for the renewal');
    expect(await sendAll(draft)).toMatchObject({ outcome: 'accepted' });
    await expect.poll(async () => (await able(read)({ id: row.id, known: row }))?.subscription.quantity).toBe(quantity);
  },
);

test.each(['required', 'optional'])('every call carries a correlation id where it is %s', async (reading) => {
  const { vendor } = await opened({ 'correlation-id': reading });
  expect(await firstRow(vendor, ({ status }) => status === 'active')).toBeDefined();
});

test.each(['subscriptionStatuses', 'statuses', 'ignored'])(
  'finds expired rows where the status filter is called %s',
  async (name) => {
    const { vendor } = await opened({ 'status-filter-name': name });
    const { organization } = await firstRow(vendor, ({ status }) => status === 'expired');
    const pin = { level: 'organization', connection: 'cloudcockpit', id: organization?.id ?? '' } as const;
    const filter = [{ kind: 'equals', field: 'status', text: 'expired', negated: false }] as const;
    const found: string[] = [];
    for await (const page of able(vendor.abilities.search)({
      filter,
      search: null,
      sort: null,
      within: [pin],
      limit: null,
    })) {
      found.push(...page.rows.map(({ subscription }) => subscription.status));
    }
    expect(found).toContain('expired');
    if (name !== 'ignored') expect(new Set(found)).toEqual(new Set(['expired']));
  },
);

test.each(['invalid', 'conflict'])('a cancellation after its window, answered as %s, is refused', async (reading) => {
  const { vendor } = await opened({ 'late-cancellation': reading });
  let at = -1;
  const row = await firstRow(vendor, ({ status, cancellableUntil }) => {
    at++;
    return status === 'active' && !sidesDiffer(at) && cancellableUntil !== null && cancellableUntil < '2026-11-20';
  });
  const answer = await sendAll(able(vendor.abilities.cancel)(row, {}));
  expect(answer).toMatchObject({
    outcome: 'refused',
    fault: { kind: 'refused', vendor: { status: reading === 'conflict' ? 409 : 400 } },
  });
});

test.each(['subscriptionStatuses', 'statuses'])('assume.status-filter-name=%s sends only that name', async (name) => {
  const options = { ...fast, variants: { 'status-filter-name': name } };
  const { vendor, served } = await connected('cloudcockpit', options, { 'assume.status-filter-name': name });
  const { organization } = await firstRow(vendor, ({ status }) => status === 'expired');
  const pin = { level: 'organization', connection: 'cloudcockpit', id: organization?.id ?? '' } as const;
  const filter = [{ kind: 'equals', field: 'status', text: 'expired', negated: false }] as const;
  const query = { filter, search: null, sort: null, within: [pin], limit: null };
  const found: string[] = [];
  for await (const page of able(vendor.abilities.search)(query))
    found.push(...page.rows.map(({ subscription }) => subscription.status));
  expect(new Set(found)).toEqual(new Set(['expired']));
  const names = Object.keys(Object((await served()).at(-1)?.query)).filter((key) => /statuses/i.test(key));
  expect(names).toEqual([name]);
});
