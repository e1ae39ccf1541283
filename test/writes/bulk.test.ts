import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import type { WriteRequest } from '../../src/operations/registry.ts';
import { type RunOptions, runBulkPlan } from '../../src/writes/bulk/bulk-run.ts';
import { progressText } from '../../src/writes/bulk/count.ts';
import { requestsOfCsv } from '../../src/writes/bulk/csv-requests.ts';
import { makeBulkPlan } from '../../src/writes/bulk/make-plan.ts';
import { accountLines } from '../../src/writes/bulk/plan-accounts.ts';
import { planDigest } from '../../src/writes/bulk/plan-digest.ts';
import { type BulkPlan, readPlanFile, writePlanFile } from '../../src/writes/bulk/plan-file.ts';
import { planReceipt } from '../../src/writes/bulk/plan-receipt.ts';
import { createWrites } from '../../src/writes/create-writes.ts';
import { openWriteFixture, temporaryDirectory, type WriteFixture } from '../fault-server/write-fixture.ts';

const by = { by: 'tester', proposedBy: null, source: 'test', reason: null } as const;
const lower = (id: string): WriteRequest => ({ verb: 'set-quantity', ref: `nordic/${id}`, quantity: 20 });

async function planOf({ writes, clock, connections }: WriteFixture, ids: readonly string[]): Promise<BulkPlan> {
  const asked = ids.map((id) => ({ writeRequest: lower(id), seen: null }));
  return (await makeBulkPlan({ writes, clock, connections }, asked, by)).plan;
}

function run(
  parts: Pick<WriteFixture, 'writes' | 'journal' | 'clock' | 'connections'>,
  plan: BulkPlan,
  more: Partial<RunOptions> = {},
) {
  const usual = { reason: null, dryRun: false, stopAfter: 3, signal: new AbortController().signal };
  return runBulkPlan(parts, plan, { ...usual, holding: (work) => work(), ...more });
}

const outcomes = ({ ends }: Awaited<ReturnType<typeof run>>) => ends.map(({ outcome }) => outcome);
const patches = ({ shop }: WriteFixture) => shop.calls.filter((call) => call.startsWith('PATCH'));

async function stocked(count = 3) {
  const fixture = await openWriteFixture();
  const ids = Array.from({ length: count }, (_, nth) => `s${nth + 1}`);
  for (const id of ids) fixture.shop.add(id);
  return { fixture, ids };
}

test('reads write requests from a table with its separators, quotes and columns', () => {
  const verbs = (text: string, verb: string | null = null) =>
    requestsOfCsv(text, verb).writeRequests.map(({ writeRequest }) => writeRequest);
  expect(verbs('ref,quantity\r\nnordic/a,20\r\n\r\n')).toEqual([
    { verb: 'set-quantity', ref: 'nordic/a', quantity: 20 },
  ]);
  expect(verbs('\u{feff}Verb;Ref;Mode\ncancel;"nordic/a;""b""";delete\n')).toEqual([
    { verb: 'cancel', ref: 'nordic/a;"b"', mode: 'delete' },
  ]);
  expect(verbs('ref\nnordic/a\nnordic/b', 'suspend')).toHaveLength(2);
  expect(verbs('ref\tverb\tautoRenew\nnordic/a\tupdate\ttrue')).toEqual([
    { verb: 'update', ref: 'nordic/a', changes: { autoRenew: 'true' } },
  ]);
});

test.each([
  ['ref,quantity\nnordic/a,-1', 'Line 2'],
  ['ref,quantity\nnordic/a,٣', 'Line 2'],
  ['ref,quantity\nnordic/a,', 'set-quantity needs quantity'],
  ['ref,quantity\nnordic/a,1\nnordic/a,2', 'line 2 changes the same target'],
  ['ref,verb,quantity\nnordic/a,cancel,3', 'cancel does not use quantity'],
  ['ref,verb\nnordic/a,set-license', 'the licence key must not be in a file'],
  ['ref,verb\nnordic/a,explode', 'is not a verb'],
  ['ref,quantity\nplain,3', 'is not a REF'],
])('names the invalid line: %j', (text, what) => {
  const { faults } = requestsOfCsv(text, null);
  expect(faults).toMatchObject([{ kind: 'usage', sent: false }]);
  expect(faults[0]?.message).toContain(what);
});

test.each(['', 'name,quantity\na,1', 'ref,quantiy\nnordic/a,3', 'ref,ref\na,b', 'ref,quantity\n"a,1'])(
  'refuses an unreadable table as a whole: %j',
  (text) => {
    expect(() => requestsOfCsv(text, null)).toThrow(/Line \d+ of the CSV/);
  },
);

test('[fault 88] a plan file stores the targets as seen, is private and never overwritten', async () => {
  const { fixture, ids } = await stocked();
  const plan = await planOf(fixture, ids);
  const path = join(temporaryDirectory(), 'seats.plan');
  writePlanFile(path, plan);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readPlanFile(path)).toEqual(JSON.parse(JSON.stringify(plan)));
  expect(plan.rows.map(({ target }) => target?.quantity)).toEqual([25, 25, 25]);
  expect(() => writePlanFile(path, plan)).toThrow('already exists');
});

test('sends every row once; a second run sends nothing and reports the outcomes', async () => {
  const { fixture, ids } = await stocked();
  const plan = await planOf(fixture, ids);
  const first = await run(fixture, plan);
  expect(outcomes(first)).toEqual(['done', 'done', 'done']);
  expect(first.ends.map(({ wayBack }) => wayBack)).toMatchObject(ids.map(() => ({ short: 'set-quantity 25' })));
  const again = await run(fixture, plan);
  expect(again.ends.map(({ outcome, earlier }) => [outcome, earlier])).toEqual(ids.map(() => ['done', true]));
  expect(patches(fixture)).toHaveLength(3);
});

test('skips a row that changed since it was planned, and says what changed', async () => {
  const { fixture, ids } = await stocked();
  const plan = await planOf(fixture, ids);
  const row = fixture.shop.rows.get('s2');
  if (row !== undefined) row.quantity = 40;
  const end = await run(fixture, plan);
  expect(outcomes(end)).toEqual(['done', 'changed', 'done']);
  expect(end.ends[1]?.reason).toContain('seats 25 → 40');
  expect(fixture.shop.ledger.map(({ target }) => target)).toEqual(['s1', 's3']);
});

test('an edited plan never does more than it says', async () => {
  const { fixture, ids } = await stocked(1);
  const plan = await planOf(fixture, ids);
  const rows = plan.rows.map((row) => ({
    ...row,
    writeRequest: { verb: 'set-quantity', ref: row.ref, quantity: 1 } as const,
  }));
  expect(outcomes(await run(fixture, { ...plan, rows }))).toEqual(['changed']);
  expect(fixture.shop.ledger).toEqual([]);
});

test('[fault 76] stops after so many failures, and a later run continues with the rest', async () => {
  const { fixture, ids } = await stocked(4);
  const plan = await planOf(fixture, ids);
  fixture.shop.act = ({ nth }) => (nth <= 2 ? 'refuse' : 'fair');
  const first = await run(fixture, plan, { stopAfter: 2 });
  expect([first.stopped, outcomes(first)]).toEqual(['failures', ['refused', 'refused', 'not-reached', 'not-reached']]);
  expect(outcomes(await run(fixture, plan))).toEqual(['refused', 'refused', 'done', 'done']);
  expect(patches(fixture)).toHaveLength(4);
});

test('[fault 76] a later run does not resend a row whose answer was lost', async () => {
  const { fixture, ids } = await stocked(2);
  const plan = await planOf(fixture, ids);
  fixture.shop.act = ({ nth }) => (nth === 1 ? 'apply-then-reset' : 'fair');
  expect(outcomes(await run(fixture, plan))).toEqual(['unknown', 'done']);
  expect(outcomes(await run(fixture, plan))).toEqual(['unknown', 'done']);
  expect(patches(fixture)).toHaveLength(2);
});

test('an interrupt finishes the write in flight and starts no other', async () => {
  const { fixture, ids } = await stocked();
  const plan = await planOf(fixture, ids);
  const interrupt = new AbortController();
  fixture.shop.act = () => {
    interrupt.abort();
    return 'fair';
  };
  const end = await run(fixture, plan, { signal: interrupt.signal });
  expect([end.stopped, outcomes(end)]).toEqual(['interrupted', ['done', 'not-reached', 'not-reached']]);
});

test('an interrupt while a row is checked sends nothing', async () => {
  const { fixture, ids } = await stocked();
  const plan = await planOf(fixture, ids);
  const interrupt = new AbortController();
  const holding: RunOptions['holding'] = async (work) => {
    const result = await work();
    interrupt.abort();
    return result;
  };
  expect(outcomes(await run(fixture, plan, { signal: interrupt.signal, holding }))).toEqual(
    ids.map(() => 'not-reached'),
  );
  expect(fixture.shop.ledger).toEqual([]);
});

test('the journal refuses a row that was sent before, in any plan', async () => {
  const { fixture } = await stocked(1);
  const part = { plan: 'plan-one', row: 1 };
  const writeRequest = (quantity: number) => ({ verb: 'set-quantity', ref: 'nordic/s1', quantity }) as const;
  const send = async (quantity: number) =>
    fixture.writes.apply(await fixture.plan(writeRequest(quantity)), { reason: null, part });
  expect((await send(20)).outcome).toBe('done');
  expect(await send(10)).toMatchObject({ outcome: 'unsent', journalId: null, fault: { kind: 'refused' } });
  expect(fixture.shop.ledger).toHaveLength(1);
});

test('two concurrent runs of one plan send each row once', async () => {
  const { fixture, ids } = await stocked(5);
  const plan = await planOf(fixture, ids);
  await Promise.all([
    run(fixture, plan, { stopAfter: 99 }),
    run({ ...fixture, ...fixture.open() }, plan, { stopAfter: 99 }),
  ]);
  expect(fixture.shop.ledger.map(({ target }) => target).sort()).toEqual(ids);
});

test('a row that was provably not sent is retried', async () => {
  const { fixture, ids } = await stocked(1);
  const plan = await planOf(fixture, ids);
  const [row] = plan.rows;
  const planned = await fixture.plan(lower('s1'));
  fixture.mode.readOnly = true;
  const denied = await fixture.writes.apply(planned, { reason: null, part: { plan: plan.id, row: row?.row ?? 0 } });
  expect(denied.outcome).toBe('unsent');
  fixture.mode.readOnly = false;
  expect(outcomes(await run(fixture, plan))).toEqual(['done']);
});

test('a dry run checks and sends nothing', async () => {
  const { fixture, ids } = await stocked();
  const plan = await planOf(fixture, ids);
  expect(outcomes(await run(fixture, plan, { dryRun: true }))).toEqual(['ready', 'ready', 'ready']);
  expect(patches(fixture)).toEqual([]);
});

test('shows progress, skipped and failed rows, and the time left', () => {
  const at = { done: 10, count: 40, skipped: 2, failed: 1, elapsed: 20_000 };
  expect(progressText(at)).toBe('10 of 40 · 2 skipped · 1 failed · about 60 s left');
  expect(progressText({ ...at, done: 40, skipped: 0, failed: 0 })).toBe('40 of 40');
});

test('a row edited after it was sent is reported as sent, and sends nothing', async () => {
  const { fixture, ids } = await stocked(2);
  const plan = await planOf(fixture, ids.slice(0, 1));
  expect(outcomes(await run(fixture, plan))).toEqual(['done']);
  const [row] = plan.rows;
  if (row === undefined) throw new Error('The plan has no row.');
  const other = {
    ...row,
    ref: 'nordic/s2',
    writeRequest: lower('s2') as typeof row.writeRequest,
    sentence: 'set quantity Backup s2',
  };
  const fewer = {
    ...row,
    writeRequest: { ...lower('s1'), quantity: 1 } as typeof row.writeRequest,
    after: { quantity: 1 },
  };
  for (const edited of [other, fewer]) {
    const [end] = (await run(fixture, { ...plan, rows: [edited] })).ends;
    expect(end).toMatchObject({ outcome: 'changed', earlier: false, fault: { kind: 'refused', sent: false } });
    expect(end?.reason).toContain('set quantity Backup s1 nordic/s1');
  }
  expect(patches(fixture)).toHaveLength(1);
});

test('the sentence of a sent row comes from the journal, not from the file', async () => {
  const { fixture, ids } = await stocked(1);
  const plan = await planOf(fixture, ids);
  await run(fixture, plan);
  const rows = plan.rows.map((row) => ({ ...row, sentence: 'set quantity Test Tenant' }));
  const { ends } = await run(fixture, { ...plan, rows });
  expect(ends.map(({ sentence, earlier }) => [sentence, earlier])).toEqual([['set quantity Backup s1', true]]);
});

test.each(['organization', 'reseller', 'seller', 'product'] as const)(
  'a file with another name or id of the %s than the vendor’s sends nothing',
  async (level) => {
    const { fixture, ids } = await stocked(1);
    const plan = await planOf(fixture, ids);
    for (const named of [
      { id: 'acme', name: safeText('Test Tenant') },
      { id: 'other', name: safeText('Acme Oy') },
    ]) {
      const rows = plan.rows.map((row) => ({ ...row, target: row.target && { ...row.target, [level]: named } }));
      const end = await run(fixture, { ...plan, rows });
      expect(outcomes(end)).toEqual(['changed']);
    }
    expect(patches(fixture)).toEqual([]);
  },
);

test('a row without its target in the file is not sent, since it was not reviewed', async () => {
  const { fixture, ids } = await stocked(1);
  const plan = await planOf(fixture, ids);
  const rows = plan.rows.map((row) => ({ ...row, target: null }));
  expect(outcomes(await run(fixture, { ...plan, rows }))).toEqual(['changed']);
});

const both = (account: string, other: string) => ({
  list: [
    { name: 'nordic', account, view: '' },
    { name: 'broker', account: other, view: '' },
  ],
});

test('refuses to plan one subscription through two connections', async () => {
  const { fixture } = await stocked(1);
  const asked = ['nordic/s1', 'broker/s1'].map((ref) => ({
    writeRequest: { ...lower('s1'), ref } as WriteRequest,
    seen: null,
  }));
  const made = makeBulkPlan({ ...fixture, connections: both('a', 'a') }, asked, by);
  await expect(made).rejects.toMatchObject({
    fault: {
      kind: 'refused',
      message: expect.stringContaining('nordic/s1 and broker/s1 are the same subscription (a)'),
    },
  });
  expect(fixture.shop.calls).toEqual([]);
});

test('one id on two accounts is two subscriptions; one may have two rows', async () => {
  const { fixture } = await stocked(1);
  const writes: WriteRequest[] = [
    lower('s1'),
    { verb: 'suspend', ref: 'nordic/s1' },
    { ...lower('s1'), ref: 'broker/s1' } as WriteRequest,
  ];
  const asked = writes.map((writeRequest) => ({ writeRequest, seen: null }));
  const { plan } = await makeBulkPlan({ ...fixture, connections: both('a', 'b') }, asked, by);
  expect(plan.rows.map(({ ref }) => ref)).toEqual(['nordic/s1', 'nordic/s1', 'broker/s1']);
});

test('a plan file with one subscription through two connections sends nothing', async () => {
  const { fixture, ids } = await stocked(1);
  const plan = await planOf(fixture, ids);
  const [row] = plan.rows;
  const again = {
    ...row,
    row: 2,
    ref: 'broker/s1',
    writeRequest: { ...row?.writeRequest, ref: 'broker/s1' },
  } as BulkPlan['rows'][number];
  const running = run(
    { ...fixture, connections: both(fixture.vendor.account, fixture.vendor.account) },
    { ...plan, rows: [...plan.rows, again] },
  );
  await expect(running).rejects.toMatchObject({ fault: { kind: 'refused' } });
  expect(fixture.shop.ledger).toEqual([]);
});

test('a plan runs only on the account it was made on, and names both', async () => {
  const { fixture, ids } = await stocked(2);
  const plan = await planOf(fixture, ids);
  expect(plan.rows.map(({ account }) => account)).toEqual([fixture.vendor.account, fixture.vendor.account]);
  const staging = { list: [{ name: 'nordic', account: 'cloudmore https://staging.example.com', view: '' }] };
  await expect(run({ ...fixture, connections: staging }, plan)).rejects.toMatchObject({
    fault: {
      kind: 'refused',
      message: `This was planned for the account ${fixture.vendor.account}; the connection nordic now uses cloudmore https://staging.example.com. Nothing was sent.`,
    },
  });
  expect(fixture.shop.ledger).toEqual([]);
});

test('a connection that points elsewhere by now sends nothing', async () => {
  const { fixture, ids } = await stocked(1);
  const plan = await planOf(fixture, ids);
  const ready = await fixture.plan(lower('s1'));
  const elsewhere = { ...fixture.vendor, account: 'cloudmore https://staging.example.com' };
  const moved = createWrites({ ...fixture.parts, vendorOf: async () => elsewhere });
  expect((await run({ ...fixture, writes: moved }, plan)).ends).toMatchObject([
    { outcome: 'failed', fault: { kind: 'refused', message: expect.stringContaining('was planned for the account') } },
  ]);
  expect(await moved.apply(ready, { reason: null })).toMatchObject({ outcome: 'unsent', fault: { kind: 'refused' } });
  expect(fixture.shop.ledger).toEqual([]);
});

test('a plan file of 0.1.0 runs on its connections’ accounts, and says so', async () => {
  const { fixture, ids } = await stocked(1);
  const plan = await planOf(fixture, ids);
  const old = { ...plan, rows: plan.rows.map(({ account: _, ...row }) => row) };
  const path = join(temporaryDirectory(), 'old.plan');
  writePlanFile(path, old);
  const opened = readPlanFile(path);
  expect(accountLines(opened)).toEqual([expect.stringContaining('without its account')]);
  expect(accountLines(plan)).toEqual([`Account: ${fixture.vendor.account}`]);
  expect(outcomes(await run(fixture, opened))).toEqual(['done']);
});

test('a plan file keeps the reason of its changes, which its digest covers', async () => {
  const { fixture, ids } = await stocked(2);
  const plan = await planOf(fixture, ids);
  const path = join(temporaryDirectory(), 'seats.plan');
  writePlanFile(path, { ...plan, reason: 'TICKET-9' });
  expect(readPlanFile(path).reason).toBe('TICKET-9');
  expect(planDigest(readPlanFile(path))).not.toBe(planDigest(plan));
  const spoiled = join(temporaryDirectory(), 'spoiled.plan');
  writePlanFile(spoiled, { ...plan, reason: 'A\u202eB' });
  expect(() => readPlanFile(spoiled)).toThrow('The reason contains a character that changes the direction of text');
});

test('one receipt tells what became of every row that was tried', async () => {
  const { fixture, ids } = await stocked();
  const plan = await planOf(fixture, ids);
  const kept = { ...plan, rows: plan.rows.filter(({ row }) => row !== 2) };
  await run(fixture, kept, { reason: 'TICKET | 9' });
  const tried = [...(await fixture.journal.partsOf(plan.id))].map(([row, { entry }]) => ({ row, entry }));
  const text = planReceipt(fixture.journal, plan.id, tried);
  const [first, last] = tried.map(({ entry }) => entry);
  expect(text.split('\n')).toEqual([
    '### Plan of 2 changes',
    '',
    '- **Outcome:** 2 done',
    '- **Reason:** TICKET \\| 9',
    `- **Requested by:** ${first?.by}`,
    `- **Requested at:** ${first?.at} to ${last?.at}`,
    `- **Plan:** \`${plan.id}\``,
    '',
    `- **Row 1:** set quantity Backup s1 \`nordic/s1\`, journal \`${first?.id}\`: done`,
    `- **Row 3:** set quantity Backup s3 \`nordic/s3\`, journal \`${last?.id}\`: done`,
    '',
  ]);
});
