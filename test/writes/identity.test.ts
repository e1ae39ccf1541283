import { expect, test } from 'vitest';
import { can, type Reading, type Vendor } from '../../src/api/contract.ts';
import { preparedStep } from '../../src/api/steps.ts';
import { fault } from '../../src/model/fault.ts';
import { unlimitedPermit } from '../../src/model/send-permit.ts';
import type { Json } from '../../src/model/text.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';

const lower = { verb: 'set-quantity', ref: 'nordic/s1', quantity: 20 } as const;

/** A vendor whose reader accepts the answer about another subscription. */
function withoutIdentityCheck(other: (reading: Reading) => Reading) {
  return (vendor: Vendor): Vendor => {
    const { planReads } = vendor;
    if (planReads === null) throw new Error('The shop cannot read.');
    return {
      ...vendor,
      planReads: {
        ...planReads,
        subscription: async (target, signal) => {
          const reading = await planReads.subscription({ ...target, id: 's2' }, signal);
          return reading === null ? null : { ...reading, ...other(reading) };
        },
      },
    };
  };
}

test.each<[string, (reading: Reading) => Reading]>([
  ['another subscription', (reading) => reading],
  [
    'the right id under another reference',
    ({ subscription, raw }) => ({ subscription: { ...subscription, id: 's1' }, raw }),
  ],
  [
    'the right reference of another id',
    ({ subscription, raw }) => ({ subscription: { ...subscription, ref: 'nordic/s1' }, raw }),
  ],
])('refuses %s in place of the row, and caches nothing', async (_, other) => {
  const { shop, writes, cache } = await openWriteFixture({ vendor: withoutIdentityCheck(other) });
  shop.add('s1');
  shop.add('s2');
  const planned = await writes.plan(lower, null);
  expect(planned).toMatchObject({ kind: 'fault', fault: { kind: 'unreachable', sent: false } });
  expect([...cache.kept.keys()]).toEqual([]);
  expect(shop.ledger).toEqual([]);
});

test('does not send a plan whose draft names another subscription', async () => {
  const { shop, plan, writes, journal } = await openWriteFixture();
  shop.add('s1');
  shop.add('s2');
  const [one, two] = [await plan(lower), await plan({ ...lower, ref: 'nordic/s2' })];
  const result = await writes.apply({ ...one, target: two.target, draft: two.draft }, { reason: null });
  expect(result).toMatchObject({ outcome: 'unsent', journalId: null, fault: { kind: 'broken', sent: false } });
  expect(shop.ledger).toEqual([]);
  expect(journal.entries({ ref: null, state: null, since: null, limit: null })).toEqual([]);
});

/** A shop whose update also sends the quantity, read again each time. */
function carrying(present: { quantity: number | null }) {
  return (vendor: Vendor): Vendor => ({
    ...vendor,
    abilities: {
      ...vendor.abilities,
      update: (target) => {
        const { update } = vendor.abilities;
        if (!can(update)) throw new Error('The shop cannot update.');
        const draft = update(target, { changes: { name: 'New' } });
        const bodies: Json[] = [];
        const client = {
          connection: 'nordic',
          basePath: '',
          closed: () => null,
          send: async (call: { readonly json?: unknown }) => {
            bodies.push(call.json as Json);
            return draft.steps[0].send({}, unlimitedPermit);
          },
        };
        const shown = { method: 'PATCH', path: `/subs/${target.id}` } as const;
        const prepare = async () => {
          if (present.quantity === null) throw fault('unreachable', 'nordic did not answer in time.', 'Try again.');
          const asked = { kind: 'object', names: {}, of: {}, parts: {} } as const;
          return { ...shown, asked, json: { name: 'New', quantity: present.quantity } };
        };
        const reply = { body: undefined as never, ending: () => ({ outcome: 'done' }) as const };
        return { ...draft, steps: [preparedStep(client, 'update', shown, prepare, reply)] };
      },
    },
  });
}

test('a body with current values is in the plan and in the journal', async () => {
  const { shop, plan, writes, journal } = await openWriteFixture({ vendor: carrying({ quantity: 25 }) });
  shop.add('s1');
  const ready = await plan({ verb: 'update', ref: 'nordic/s1', changes: { name: 'New' } });
  expect(ready.draft.steps[0].body).toEqual({ name: 'New', quantity: 25 });
  const { journalId, outcome } = await writes.apply(ready, { reason: null });
  expect(outcome).toBe('done');
  expect(journal.steps(journalId ?? '')).toMatchObject([{ body: { name: 'New', quantity: 25 } }]);
});

test.each([
  ['changed since the plan', 30, 'refused', 'quantity 25 → 30'],
  ['can no longer be read', null, 'unreachable', 'did not answer'],
] as const)('sends nothing if the current value %s', async (_, quantity, kind, words) => {
  const present: { quantity: number | null } = { quantity: 25 };
  const { shop, plan, writes, journal } = await openWriteFixture({ vendor: carrying(present) });
  shop.add('s1');
  const ready = await plan({ verb: 'update', ref: 'nordic/s1', changes: { name: 'New' } });
  present.quantity = quantity;
  const result = await writes.apply(ready, { reason: null });
  expect(result).toMatchObject({
    outcome: 'unsent',
    fault: { kind, sent: false, message: expect.stringContaining(words) },
  });
  expect(journal.entry(result.journalId ?? '')?.state).toBe('refused');
  expect(journal.steps(result.journalId ?? '')).toEqual([]);
  expect(shop.ledger).toEqual([]);
});

test('a licence key is in no step and no journal, however short it is', async () => {
  const { shop, plan, writes, journal } = await openWriteFixture();
  shop.add('s1');
  const ready = await plan({ verb: 'set-license', ref: 'nordic/s1', licenseKey: 'K-1' });
  expect(ready.draft.steps[0].body).toEqual({ licenseKey: '[licence key]' });
  const { journalId } = await writes.apply(ready, { reason: null });
  expect(journal.steps(journalId ?? '')).toMatchObject([{ body: { licenseKey: 'set' } }]);
});
