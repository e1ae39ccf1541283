import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({
    connections: ['cloudmore-reseller', 'cloudmore-seller', 'interworks', 'interworks-free', 'vmware', 'lineworks'],
  });
  await fixture.words('sync');
});
afterAll(() => fixture.close());

interface Row {
  readonly ref: string;
  readonly id: string;
  readonly quantity: number;
}

/** Active subscriptions of a connection with some seats; each test uses another one. */
async function some(connection: string, at: number): Promise<Row> {
  const { json } = await fixture.words(
    'subscription',
    'list',
    '--connection',
    connection,
    '--json',
    '--filter',
    'status:active qty>3 -is:addon',
  );
  const row = json<readonly Row[]>()[at];
  if (!row) throw new Error(`${connection} has no subscription number ${at}`);
  return row;
}

const writes = async (connection: string) =>
  (await fixture.served(connection)).filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search'));

describe('nothing is sent', () => {
  // None of these tests changes it.
  let row: Row;
  beforeAll(async () => {
    row = await some('cloudmore-reseller', 0);
  });

  test.each<[string, (row: Row) => readonly string[], number, string | null]>([
    ['without a terminal', ({ ref, quantity }) => ['set-quantity', ref, `${quantity - 1}`], 2, 'Add --yes to send it.'],
    [
      'for a large change',
      ({ ref }) => ['set-quantity', ref, '99999', '--yes'],
      2,
      'Add --yes --confirm 99999 to send it.',
    ],
    [
      'for another number',
      ({ ref }) => ['set-quantity', ref, '99999', '--yes', '--confirm=9999'],
      2,
      'is not the new quantity',
    ],
    ['by a dry run', ({ ref }) => ['set-quantity', ref, '2', '--dry-run'], 0, null],
    ['by a dry run in read-only mode', ({ ref }) => ['cancel', ref, '--dry-run', '--read-only'], 0, null],
    ['in read-only mode', ({ ref }) => ['set-quantity', ref, '2', '--yes', '--read-only'], 5, 'read-only'],
    ['offline', ({ ref }) => ['set-quantity', ref, '2', '--yes', '--offline'], 5, 'offline'],
    ['irreversible with --yes alone', ({ ref }) => ['cancel', ref, '--yes'], 2, '--confirm'],
    ['irreversible with --confirm alone', ({ ref, id }) => ['cancel', ref, '--confirm', id], 2, '--yes'],
    ['irreversible with another id', ({ ref }) => ['cancel', ref, '--yes', '--confirm', 'x'], 2, 'nothing was sent'],
    ['for the current quantity', ({ ref, quantity }) => ['set-quantity', ref, String(quantity), '--yes'], 0, null],
    ['for a negative quantity', ({ ref }) => ['set-quantity', ref, '-1', '--yes'], 2, 'whole number'],
    ['for a fraction', ({ ref }) => ['set-quantity', ref, '1.5', '--yes'], 2, 'whole number'],
    ['for an impossible wait', ({ ref }) => ['set-quantity', ref, '1', '--yes', '--wait=soon'], 2, '--wait must be'],
    ['for delete where only cancel exists', ({ ref }) => ['cancel', ref, '--mode', 'delete', '--yes'], 5, null],
  ])('%s', async (_why, words, code, message) => {
    const before = await writes('cloudmore-reseller');
    const result = await fixture.words('subscription', ...words(row));
    expect(result.code, result.stderr).toBe(code);
    if (message) expect(result.stderr).toContain(message);
    expect(await writes('cloudmore-reseller')).toEqual(before);
  });

  test('with SUBDECK_READ_ONLY', async () => {
    const closed = await openStory({ connections: ['cloudmore-reseller'], env: { SUBDECK_READ_ONLY: '1' } });
    const [row] = (await closed.words('subscription', 'list', '--json', '--filter', 'qty>3')).json<readonly Row[]>();
    const { code } = await closed.words('subscription', 'set-quantity', row?.ref ?? '', '2', '--yes');
    await closed.close();
    expect(code).toBe(5);
  });
});

test('an unconfirmed plan goes to stdout, the reason to stderr', async () => {
  const row = await some('cloudmore-reseller', 0);
  const { code, json, stderr } = await fixture.words('subscription', 'set-quantity', row.ref, '2', '--json');
  expect(code).toBe(2);
  expect(json()).toMatchObject({
    plan: [
      {
        verb: 'set-quantity',
        ref: row.ref,
        irreversible: false,
        before: { quantity: row.quantity },
        after: { quantity: 2 },
      },
    ],
  });
  expect(JSON.parse(stderr).error.kind).toBe('usage');
});

test('after --wait the outcome says what was done, not what it was done for', async () => {
  const row = await some('interworks', 3);
  const less = row.quantity - 1;
  const words = ['subscription', 'set-quantity', row.ref, String(less), '--yes', '--wait', '--reason', 'TICKET-7'];
  const { code, stdout } = await fixture.words(...words);
  expect(code).toBe(0);
  expect(stdout).toContain(`Done. Lower the quantity from ${row.quantity} to ${less}`);
  expect(stdout).not.toContain('TICKET-7');
});

test('a change is sent once, journalled with its reason, and updates the cached row', async () => {
  const row = await some('cloudmore-reseller', 1);
  const before = await writes('cloudmore-reseller');
  const result = await fixture.words(
    'subscription',
    'set-quantity',
    row.ref,
    '2',
    '--yes',
    '--confirm=2',
    '--json',
    '--reason',
    'TICKET-7',
  );
  expect(result.code, result.stderr).toBe(0);
  const { outcome, journalId } = result.json<{ outcome: string; journalId: string }>();
  expect(outcome).toBe('done');
  expect(await writes('cloudmore-reseller')).toHaveLength(before.length + 1);
  const shown = await fixture.words('subscription', 'show', row.ref, '--json', '--offline');
  expect(shown.json()).toMatchObject({ quantity: 2 });
  const changes = await fixture.words('subscription', 'changes', row.ref, '--json');
  expect(changes.json()).toMatchObject([{ ref: row.ref, field: 'quantity', to: '2' }]);
  const entry = await fixture.words('journal', 'show', journalId, '--json');
  expect(Object.keys(entry.json<object>())).toEqual([
    'id',
    'at',
    'ref',
    'account',
    'verb',
    'sentence',
    'state',
    'reason',
    'before',
    'after',
    'vendor',
    'by',
    'basis',
    'corrects',
    'purpose',
    'verdicts',
    'wayBack',
  ]);
  expect(entry.json()).toMatchObject({ state: 'done', reason: 'TICKET-7', verb: 'set-quantity' });
  expect((await fixture.words('journal', 'show', journalId, '--receipt')).stdout).toContain(row.ref);
});

test('correcting a wrong verdict keeps the earlier one', async () => {
  const row = await some('cloudmore-reseller', 3);
  const result = await fixture.words('subscription', 'set-quantity', row.ref, '2', '--yes', '--confirm=2', '--json');
  const { journalId } = result.json<{ journalId: string }>();
  const asked = await fixture.words('journal', 'settle', journalId);
  expect(asked.code).toBe(6);
  expect(asked.stderr).toContain(`subdeck journal settle ${journalId} --as applied or not-applied`);
  const same = await fixture.words('journal', 'settle', journalId, '--as', 'applied');
  expect(same.code).toBe(6);
  const corrected = await fixture.words('journal', 'settle', journalId, '--as', 'not-applied', '--json');
  expect(corrected.code, corrected.stderr).toBe(0);
  const now = { state: 'settled-not-applied', basis: 'person', corrects: 'done' };
  expect(corrected.json()).toMatchObject({
    ...now,
    verdicts: [
      { state: 'done', basis: 'answer', by: null },
      { state: 'settled-not-applied', basis: 'person' },
    ],
  });
  const [listed] = (await fixture.words('journal', 'list', '--ref', row.ref, '--json')).json<readonly object[]>();
  expect(listed).toMatchObject({ id: journalId, ...now });
  const shown = await fixture.words('journal', 'show', journalId);
  expect(shown.stdout).toMatch(
    /Verdicts[\s\S]*done, by the vendor’s answer[\s\S]*settled-not-applied, by what a person recorded/,
  );
  const receipt = await fixture.words('journal', 'show', journalId, '--receipt');
  expect(receipt.stdout).toMatch(
    /Corrects:[^\n]*done[\s\S]*Verdicts:[\s\S]*1\. .*done[\s\S]*2\. .*settled-not-applied/,
  );
});

test('an irreversible write needs --yes and the id', async () => {
  const row = await some('cloudmore-reseller', 2);
  const result = await fixture.words('subscription', 'cancel', row.ref, '--yes', '--confirm', row.id, '--json');
  expect(result.code, result.stderr).toBe(0);
  const shown = await fixture.words('subscription', 'show', row.ref, '--json', '--offline');
  expect(shown.json()).toMatchObject({ status: 'cancelled' });
});

test('Cloudmore sellers must choose between cancel and delete', async () => {
  const row = await some('cloudmore-seller', 0);
  const { code, stderr } = await fixture.words('subscription', 'cancel', row.ref, '--yes', '--confirm', row.id);
  expect(code).toBe(2);
  expect(stderr).toContain('--mode');
});

test('follows an accepted request to its end', async () => {
  const row = await some('interworks', 0);
  const accepted = await fixture.words(
    'subscription',
    'set-quantity',
    row.ref,
    String(row.quantity - 1),
    '--yes',
    '--json',
  );
  expect(accepted.code, accepted.stderr).toBe(0);
  const { outcome, request } = accepted.json<{ outcome: string; request: { id: string } }>();
  expect(outcome).toBe('accepted');
  expect(Object.keys(request)).toEqual([
    'id',
    'ref',
    'state',
    'vendorState',
    'vendorRequestId',
    'from',
    'to',
    'startedAt',
    'checkedAt',
    'nextCheckAt',
  ]);
  const watched = await fixture.words('request', 'watch', request.id, '--json');
  expect(watched.code, watched.stderr).toBe(0);
  expect(watched.json()).toMatchObject([{ id: request.id, state: 'done', to: row.quantity - 1 }]);
});

test('--wait waits for the end of the request; --wait=0 exits 10 at once', async () => {
  const row = await some('interworks', 1);
  const waited = await fixture.words(
    'subscription',
    'set-quantity',
    row.ref,
    String(row.quantity - 1),
    '--yes',
    '--wait',
    '--json',
  );
  expect(waited.code, waited.stderr).toBe(0);
  expect(waited.json()).toMatchObject({ outcome: 'done', request: { state: 'done' } });
  const other = await some('interworks', 2);
  const short = await fixture.words(
    'subscription',
    'set-quantity',
    other.ref,
    String(other.quantity - 1),
    '--yes',
    '--wait=0',
    '--json',
  );
  expect(short.code).toBe(10);
  expect(short.json()).toMatchObject({ outcome: 'accepted' });
  expect(JSON.parse(short.stderr).error.kind).toBe('pending');
});

test('exits 5 with the reason for what a vendor or an edition cannot do', async () => {
  const vmware = (await fixture.words('subscription', 'list', '--connection', 'vmware', '--json')).json<
    readonly Row[]
  >()[0];
  expect((await fixture.words('subscription', 'suspend', vmware?.ref ?? '', '--yes')).code).toBe(5);
  const free = (await fixture.words('subscription', 'list', '--connection', 'interworks-free', '--json')).json<
    readonly Row[]
  >()[0];
  const { code, stderr } = await fixture.words('subscription', 'set-quantity', free?.ref ?? '', '1', '--yes');
  expect(code).toBe(5);
  expect(stderr).toContain('Free');
  const line = (await fixture.words('subscription', 'list', '--connection', 'lineworks', '--json')).json<
    readonly Row[]
  >()[0];
  const cancel = await fixture.words('subscription', 'cancel', line?.ref ?? '', '--yes');
  expect(cancel.code).toBe(5);
  expect(cancel.stderr).toMatch(/renewal.*reservation/);
});

test('a licence key is read from stdin and stored nowhere', async () => {
  const row = await some('cloudmore-seller', 1);
  const key = 'KEY-4711-SECRET';
  const none = await fixture.wordsWith('', 'subscription', 'set-license', row.ref, '--yes', '--confirm', row.id);
  expect(none.code).toBe(2);
  const result = await fixture.wordsWith(
    `${key}\n`,
    'subscription',
    'set-license',
    row.ref,
    '--yes',
    '--confirm',
    row.id,
    '--verbose',
  );
  expect([0, 6]).toContain(result.code);
  expect(result.stdout + result.stderr).not.toContain(key);
  const journal = await fixture.words('journal', 'list', '--json');
  expect(journal.stdout).not.toContain(key);
});
