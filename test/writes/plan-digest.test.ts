import { expect, test } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { makeBulkPlan } from '../../src/writes/bulk/make-plan.ts';
import { isDigestOf, planDigest } from '../../src/writes/bulk/plan-digest.ts';
import type { BulkPlan } from '../../src/writes/bulk/plan-file.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';

async function somePlan(): Promise<BulkPlan> {
  const fixture = await openWriteFixture();
  fixture.shop.add('s1');
  fixture.shop.add('s2');
  const asked = ['s1', 's2'].map((id) => ({
    writeRequest: { verb: 'cancel', ref: `nordic/${id}`, mode: 'cancel' } as const,
    seen: null,
  }));
  return (await makeBulkPlan(fixture, asked, { by: 'tester', proposedBy: null, source: 'test', reason: null })).plan;
}

test('a digest is short and independent of the key order of a plan', async () => {
  const plan = await somePlan();
  const digest = planDigest(plan);
  expect(digest).toMatch(/^[a-z2-7]{4}(?:-[a-z2-7]{4}){3}$/);
  const backwards = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(backwards)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, item]) => [key, backwards(item)]),
          )
        : value;
  expect(planDigest(JSON.parse(JSON.stringify(backwards(plan))))).toBe(digest);
  for (const given of [digest, digest.toUpperCase(), digest.replaceAll('-', '')])
    expect(isDigestOf(plan, given)).toBe(true);
  for (const given of ['', digest.slice(0, -1), 'cancel 2']) expect(isDigestOf(plan, given)).toBe(false);
});

test('any change in a plan changes its digest', async () => {
  const plan = await somePlan();
  const [one, two] = plan.rows;
  if (one === undefined || two === undefined) throw new Error('The plan has fewer than two rows.');
  const row = (change: object): BulkPlan => ({ ...plan, rows: [{ ...one, ...change }, two] });
  const { target } = one;
  const named = { id: 'acme', name: safeText('Test Tenant') };
  const others: readonly BulkPlan[] = [
    { ...plan, id: 'another-plan' },
    { ...plan, by: 'somebody' },
    { ...plan, rows: [two, one] },
    { ...plan, rows: [one] },
    row({ account: 'cloudmore https://elsewhere.example s' }),
    row({ row: 9 }),
    row({ verb: 'delete' }),
    row({ ref: 'nordic/s9' }),
    row({ sentence: 'Cancel Backup of Test Tenant.' }),
    row({ rule: 'There is a way back.' }),
    row({ irreversible: !one.irreversible }),
    row({ before: { status: 'other' } }),
    row({ after: { status: 'other' } }),
    row({ money: 'about −1.00 EUR a month' }),
    row({ writeRequest: { ...one.writeRequest, ref: 'nordic/s9' } }),
    row({ writeRequest: { ...one.writeRequest, mode: 'delete' } }),
    row({ target: target && { ...target, organization: named } }),
    row({ target: target && { ...target, reseller: named } }),
    row({ target: target && { ...target, product: named } }),
    row({ target: target && { ...target, name: named.name } }),
    row({ target: null }),
  ];
  const digests = [plan, ...others].map(planDigest);
  expect(new Set(digests).size).toBe(digests.length);
});
