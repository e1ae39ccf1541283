import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import type { CachedSubscription } from '../../src/model/subscription.ts';
import type { VendorId } from '../../src/model/vendor.ts';
import { type CommandResult, type Home, openHome } from './home.ts';

let home: Home;
let rows: readonly CachedSubscription[];

/** Every vendor through two connections: for Cloudmore a seller and its reseller, for others two sign-ins. */
beforeEach(async () => {
  home = await openHome({
    // Slow, so that the vendor's requests stay open.
    sandbox: { scale: 300, speed: 1 },
    connections: (found) =>
      Object.fromEntries(
        found.flatMap(({ name, ...rest }) =>
          ['interworks', 'lineworks', 'cloudcockpit'].includes(name) ? [[`${name}-again`, rest] as const] : [],
        ),
      ),
  });
  rows = (await home.words('subscription', 'list', '--json')).json();
});
afterEach(() => home.close());

const writes = (vendor: VendorId) =>
  home.served(vendor).then((all) => all.filter(({ method }) => method !== 'GET').map(({ path }) => path));
const journal = async (): Promise<readonly JournalEntry[]> => (await home.words('journal', 'list', '--json')).json();

/** A subscription that both connections see, as a row of the first. */
function shared(connection: string, other: string): CachedSubscription {
  const found = rows.find(
    (row) =>
      row.connection === connection &&
      row.status === 'active' &&
      (row.quantity ?? 0) > 5 &&
      !row.isAddon &&
      Date.parse(row.endsAt ?? '9999') > Date.now() + 10 * 86_400_000 &&
      row.sameAs.includes(`${other}/${row.id}`),
  );
  if (found === undefined) throw new Error(`${connection} and ${other} share no such row.`);
  return found;
}

const quantityOf = ({ quantity }: CachedSubscription, by: number): string => String((quantity ?? 0) + by);
const yes = ({ id }: CachedSubscription) => ['--yes', '--confirm', id, '--json'];

interface Pair {
  readonly vendor: VendorId;
  readonly connections: readonly [string, string];
  /** The requests whose answers are lost; none if the vendor processes accepted writes asynchronously. */
  readonly loses?: { readonly method: string; readonly path?: string };
  readonly open: (row: CachedSubscription) => readonly string[];
  /** Every write that the second connection supports, with its own REF. */
  readonly blocked: (row: CachedSubscription, ref: string) => readonly (readonly string[])[];
}

const cloudmoreSeller: Pair = {
  vendor: 'cloudmore',
  connections: ['cloudmore-seller', 'cloudmore-reseller'],
  loses: { method: 'DELETE' },
  open: (row) => ['subscription', 'cancel', row.ref, '--mode', 'cancel', ...yes(row)],
  blocked: (row, ref) => [
    ['subscription', 'cancel', ref, ...yes(row)],
    ['subscription', 'set-quantity', ref, quantityOf(row, -1), '--yes', '--json'],
    ['subscription', 'set-quantity', ref, quantityOf(row, 1), '--yes', '--json'],
    ['subscription', 'update', ref, 'name=Other', '--yes', '--json'],
  ],
};

const pairs: readonly Pair[] = [
  cloudmoreSeller,
  {
    vendor: 'cloudmore',
    connections: ['cloudmore-reseller', 'cloudmore-seller'],
    loses: { method: 'PUT' },
    open: (row) => ['subscription', 'set-quantity', row.ref, quantityOf(row, -1), '--yes', '--json'],
    blocked: (row, ref) => [
      ['subscription', 'cancel', ref, '--mode', 'cancel', ...yes(row)],
      ['subscription', 'cancel', ref, '--mode', 'delete', ...yes(row)],
      ['subscription', 'set-license', ref, ...yes(row)],
    ],
  },
  {
    vendor: 'interworks',
    connections: ['interworks', 'interworks-again'],
    open: (row) => ['subscription', 'set-quantity', row.ref, quantityOf(row, -1), '--yes', '--json'],
    blocked: (row, ref) => [
      ['subscription', 'cancel', ref, ...yes(row)],
      ['subscription', 'set-quantity', ref, quantityOf(row, -2), '--yes', '--json'],
      ['subscription', 'set-quantity', ref, quantityOf(row, 2), '--yes', '--json'],
    ],
  },
  {
    vendor: 'lineworks',
    connections: ['lineworks', 'lineworks-again'],
    loses: { method: 'PATCH' },
    open: (row) => ['renewal', 'set', row.ref, 'type=cancel', '--yes', '--json'],
    blocked: (row, ref) => [
      ['renewal', 'set', ref, 'type=stay', '--yes', '--json'],
      ['reservation', 'create', ref, 'type=cancel', '--yes', '--json'],
      ['reservation', 'withdraw', ref, '--yes', '--json'],
      ['subscription', 'set-quantity', ref, quantityOf(row, 1), '--yes', '--json'],
    ],
  },
  {
    vendor: 'cloudcockpit',
    connections: ['cloudcockpit', 'cloudcockpit-again'],
    loses: { method: 'PATCH' },
    open: (row) => ['subscription', 'set-quantity', row.ref, quantityOf(row, -1), '--yes', '--json'],
    blocked: (row, ref) => [
      ['subscription', 'cancel', ref, ...yes(row)],
      ['subscription', 'suspend', ref, '--yes', '--json'],
      ['subscription', 'reactivate', ref, '--yes', '--json'],
      ['subscription', 'update', ref, 'name=Other', '--yes', '--json'],
      ['subscription', 'set-quantity', ref, quantityOf(row, 1), '--yes', '--json'],
    ],
  },
];

/** A write through the first connection with an unknown outcome. */
async function openWrite({ vendor, connections: [first, second], loses, open }: Pair) {
  const row = shared(first, second);
  if (loses !== undefined) await home.sandbox.addFaults([{ vendor, ...loses, nth: 1, do: 'drop-after' }]);
  const sent = await home.words(...open(row));
  expect([sent.code, sent.stderr]).toEqual([loses === undefined ? 0 : 8, expect.anything()]);
  const [entry] = await journal();
  if (entry === undefined) throw new Error('Nothing was sent.');
  await writes(vendor);
  return { row, ref: `${second}/${row.id}`, entry };
}

describe.each(pairs)('an open write through $connections.0', (pair) => {
  it('blocks every write to its subscription through $connections.1, and is named', async () => {
    const { row, ref, entry } = await openWrite(pair);
    for (const words of pair.blocked(row, ref)) {
      const refused: CommandResult = await home.wordsWith('KEY-1\n', ...words);
      expect([words.slice(0, 2), refused.code, refused.stderr]).toEqual([
        words.slice(0, 2),
        6,
        expect.stringContaining(entry.id),
      ]);
      expect(refused.stderr).toContain(`on this subscription through ${pair.connections[0]} `);
    }
    expect(await writes(pair.vendor)).toEqual([]);
    expect(await journal()).toHaveLength(1);
  });
});

it('a deletion by a seller is not proved by a reseller that finds nothing', async () => {
  const row = shared('cloudmore-seller', 'cloudmore-reseller');
  await home.sandbox.addFaults([{ vendor: 'cloudmore', method: 'DELETE', nth: 1, do: 'drop-after' }]);
  await home.words('subscription', 'cancel', row.ref, '--mode', 'delete', ...yes(row));
  const [entry] = await journal();
  expect(entry).toMatchObject({ verb: 'delete', state: 'unknown' });
  expect((await home.words('connection', 'remove', 'cloudmore-seller', '--yes', '--json')).code).toBe(0);
  const settled = await home.words('journal', 'settle', entry?.id ?? '', '--json');
  expect([settled.code, settled.json<JournalEntry>().state]).toEqual([8, 'unknown']);
});

it('a plan that names a subscription through both connections is refused', async () => {
  const row = shared('cloudmore-reseller', 'cloudmore-seller');
  const [csv, plan] = [join(home.path, 'both.csv'), join(home.path, 'both.plan')];
  writeFileSync(csv, `ref,verb,mode\n${row.ref},cancel,\n${row.sameAs[0]},cancel,cancel\n`);
  const made = await home.words('plan', 'create', plan, '--from', csv, '--json');
  expect([made.code, made.stderr]).toEqual([
    6,
    expect.stringContaining(`${row.ref} and ${row.sameAs[0]} are the same subscription`),
  ]);
  expect((await home.words('plan', 'show', plan, '--json')).code).toBe(2);
  expect(await writes('cloudmore')).toEqual([]);
});
