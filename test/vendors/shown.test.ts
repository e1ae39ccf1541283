import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import type { Request } from '../../src/model/request.ts';
import type { Addon, Subscription } from '../../src/model/subscription.ts';
import { dropsChanges, sidesDiffer } from '../../src/sandbox/cloudcockpit/assumptions.ts';
import { datasetIds } from '../../src/sandbox/cloudcockpit/ids.ts';
import { refusesDecrease } from '../../src/sandbox/interworks/assumptions.ts';
import { products } from '../../src/sandbox/interworks/dataset.ts';
import type { FaultOrder } from '../../src/sandbox/start.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { type CommandResult, type Home, openHome } from './home.ts';

/** One kind of write on one kind of connection, by command, and the call that carries it out. */
interface Write {
  readonly title: string;
  readonly connection: string;
  /** Method and path of the deciding call, and its number. */
  readonly call: Pick<FaultOrder, 'vendor' | 'method' | 'path' | 'nth'>;
  is(row: Subscription): boolean;
  words(row: Subscription, home: Home): readonly string[] | Promise<readonly string[]>;
  readonly stdin?: string;
  /** An effect other than the requested one, if one call can cause it. */
  instead?(row: Subscription): NonNullable<FaultOrder['instead']>;
}

/** The fixed day of the sandboxes and the installation. */
const today = Date.parse('2026-11-21T12:00:00Z');
const day = 86_400_000;

const active = (row: Subscription) => row.status === 'active' && !row.isTrial && !row.isAddon;
const counted = (row: Subscription) => active(row) && (row.quantity ?? 0) > 4;
const typed = (row: Subscription) => ['--yes', '--confirm', row.id];

const sellers = (row: Subscription) => `/api/sellers/${row.seller?.id}/subscriptions/${row.id}`;
const resellers = (row: Subscription) =>
  `/api/resellers/${row.reseller?.id}/organizations/${row.organization?.id}/services/${row.services[0]?.id}/subscriptions`;
const seller = (method: string) => ({ vendor: 'cloudmore', method, path: '/api/sellers/*', nth: 1 }) as const;
const reseller = (method: string) => ({ vendor: 'cloudmore', method, path: '/api/resellers/*', nth: 1 }) as const;

const cloudmore: readonly Write[] = [
  {
    title: 'cancel, by the seller',
    connection: 'cloudmore-seller',
    call: seller('DELETE'),
    is: active,
    words: (row) => ['subscription', 'cancel', row.ref, '--mode', 'cancel', ...typed(row)],
    instead: (row) => ({ method: 'DELETE', path: `${sellers(row)}?action=Delete` }),
  },
  {
    title: 'delete',
    connection: 'cloudmore-seller',
    call: seller('DELETE'),
    is: active,
    words: (row) => ['subscription', 'cancel', row.ref, '--mode', 'delete', ...typed(row)],
    instead: (row) => ({ method: 'DELETE', path: `${sellers(row)}?action=Cancel` }),
  },
  {
    title: 'set-license',
    connection: 'cloudmore-seller',
    call: seller('PUT'),
    is: (row) => active(row) && row.hasLicenseKey,
    words: (row) => ['subscription', 'set-license', row.ref, ...typed(row)],
    stdin: 'AAAAA-BBBBB-CCCCC\n',
    instead: (row) => ({
      method: 'PUT',
      path: `/api/sellers/${row.seller?.id}/subscriptions/setlicensekey/${row.id}`,
      body: { licenseKey: 'ANOTHER-KEY' },
    }),
  },
  {
    title: 'cancel, by the reseller',
    connection: 'cloudmore-reseller',
    call: reseller('DELETE'),
    is: active,
    words: (row) => ['subscription', 'cancel', row.ref, ...typed(row)],
  },
  ...([2, 4000] as const).map((quantity) => ({
    title: `set-quantity ${quantity}`,
    connection: 'cloudmore-reseller',
    call: reseller('PUT'),
    is: counted,
    words: (row: Subscription) => [
      'subscription',
      'set-quantity',
      row.ref,
      String(quantity),
      '--yes',
      `--confirm=${quantity}`,
    ],
    instead: (row: Subscription) => ({ method: 'PUT', path: `${resellers(row)}/${row.id}`, body: { quantity: 77 } }),
  })),
  {
    title: 'update name and quantity',
    connection: 'cloudmore-reseller',
    call: reseller('PUT'),
    is: counted,
    words: (row) => ['subscription', 'update', row.ref, 'name=Backup, renamed', 'quantity=3', '--yes', '--confirm=3'],
    instead: (row) => ({
      method: 'PUT',
      path: `${resellers(row)}/${row.id}`,
      body: { quantity: 3, name: 'Another name' },
    }),
  },
  {
    title: 'create',
    connection: 'cloudmore-reseller',
    call: reseller('POST'),
    is: (row) => counted(row) && row.product !== null,
    words: (row) => [
      ...['subscription', 'create', '--connection', 'cloudmore-reseller', '--organization', row.organization?.id ?? ''],
      ...['--service', row.services[0]?.id ?? '', `product=${row.product?.id}`, 'quantity=5', 'name=New', '--yes'],
    ],
    instead: (row) => ({
      method: 'POST',
      path: resellers(row),
      body: { productId: row.product?.id, quantity: 6, name: 'New' },
    }),
  },
];

/** Products whose requests to lower the quantity fail. */
const unwilling: ReadonlySet<string> = new Set(products.filter((_, at) => refusesDecrease(at)).map(({ name }) => name));
const posted = (nth: number) => ({ vendor: 'interworks', method: 'POST', path: '/api/*', nth }) as const;
const interworks: readonly Write[] = [
  {
    title: 'cancel',
    connection: 'interworks',
    call: posted(1),
    is: active,
    words: (row) => ['subscription', 'cancel', row.ref, ...typed(row)],
  },
  {
    title: 'set-quantity, lower',
    connection: 'interworks',
    call: posted(1),
    is: (row) => counted(row) && !unwilling.has(row.product?.name ?? ''),
    words: (row) => ['subscription', 'set-quantity', row.ref, String((row.quantity ?? 0) - 1), '--yes'],
    instead: (row) => ({
      method: 'POST',
      path: `/api/subscriptions/${row.id}/quantity`,
      body: { quantity: (row.quantity ?? 0) - 2 },
    }),
  },
  {
    title: 'set-quantity, raise: the checkout of the order',
    connection: 'interworks',
    call: posted(3),
    is: counted,
    words: (row) => ['subscription', 'set-quantity', row.ref, String((row.quantity ?? 0) + 7), '--yes'],
  },
  {
    title: 'addon cancel',
    connection: 'interworks',
    call: posted(1),
    is: active,
    words: async (row, home) => {
      const addons = (await home.words('addon', 'list', row.ref, '--json')).json<readonly Addon[]>();
      const addon = addons.find(({ status, cancelAtPeriodEnd }) => status === 'active' && !cancelAtPeriodEnd);
      return addon === undefined ? [] : ['addon', 'cancel', row.ref, addon.id, '--yes', '--confirm', addon.id];
    },
  },
];

const partner = (method: string) => ({ vendor: 'lineworks', method, path: '/v1.0/*', nth: 1 }) as const;
const contract = (row: Subscription) => `/v1.0/partners/customers/${row.organization?.id}/subscriptions/${row.id}`;
const licensed = (row: Subscription) =>
  counted(row) &&
  /LICENSE/.test(row.billing ?? '') &&
  row.renewal?.mode === 'auto' &&
  Date.parse(row.endsAt ?? '') > today + 40 * day;
const endsRenewal = (row: Subscription) => ({
  method: 'PATCH',
  path: `${contract(row)}/renewal`,
  body: { type: 'CANCEL' },
});
const reserves = (row: Subscription) => ({
  method: 'POST',
  path: `${contract(row)}/reservation`,
  body: {
    type: 'ADD_LICENSE',
    applyDate: new Date(today + 9 * day).toISOString().slice(0, 10),
    licenseCount: 9,
  },
});
const unreserved = async (row: Subscription, home: Home) =>
  (await home.words('reservation', 'show', row.ref, '--json')).json<{ reservation: object | null }>().reservation ===
  null;
const lineworks: readonly Write[] = [
  {
    title: 'set-quantity, lower: at renewal',
    connection: 'lineworks',
    call: partner('PATCH'),
    is: licensed,
    words: (row) => ['subscription', 'set-quantity', row.ref, '2', '--yes', '--confirm=2'],
    instead: endsRenewal,
  },
  {
    title: 'renewal set',
    connection: 'lineworks',
    call: partner('PATCH'),
    is: licensed,
    words: (row) => ['renewal', 'set', row.ref, 'type=change', 'quantity=3', '--yes', '--confirm=3'],
    instead: endsRenewal,
  },
  {
    title: 'set-quantity, raise: by a reservation',
    connection: 'lineworks',
    call: partner('POST'),
    is: licensed,
    words: async (row, home) =>
      (await unreserved(row, home))
        ? ['subscription', 'set-quantity', row.ref, String((row.quantity ?? 0) + 2), '--yes']
        : [],
    instead: reserves,
  },
  {
    title: 'reservation create',
    connection: 'lineworks',
    call: partner('POST'),
    is: licensed,
    words: async (row, home) =>
      (await unreserved(row, home)) ? ['reservation', 'create', row.ref, 'type=cancel', '--yes'] : [],
    instead: reserves,
  },
  {
    title: 'reservation withdraw',
    connection: 'lineworks',
    call: partner('DELETE'),
    is: licensed,
    words: async (row, home) => {
      const create = ['reservation', 'create', row.ref, 'type=cancel', '--yes', '--json'];
      return (await home.words(...create)).code === 0 ? ['reservation', 'withdraw', row.ref, '--yes'] : [];
    },
  },
];

const tenant = (method: string) => ({ vendor: 'cloudcockpit', method, path: '/v1/*', nth: 1 }) as const;
const cockpit = (row: Subscription) => `/v1/customers/${row.organization?.id}/subscriptions/${row.id}`;
const patched = (row: Subscription, body: object) => ({
  method: 'PATCH',
  path: cockpit(row),
  body: { name: row.name, quantity: row.quantity, nextBillingFrequency: { name: row.billing }, ...body },
});
const { subscription: cockpitIds } = datasetIds(1);
/** Excludes rows whose changes the sandbox never shows, and rows with two different sides. */
const changeable = (row: Subscription) => {
  const index = cockpitIds.indexOf(row.id) ?? 0;
  return counted(row) && row.parentId === null && !dropsChanges(index) && !sidesDiffer(index);
};
const cancellable = (row: Subscription) => changeable(row) && Date.parse(row.cancellableUntil ?? '') > today + day;
const cloudcockpit: readonly Write[] = [
  {
    title: 'cancel',
    connection: 'cloudcockpit',
    call: tenant('DELETE'),
    is: cancellable,
    words: (row) => ['subscription', 'cancel', row.ref, ...typed(row)],
    instead: (row) => ({ method: 'POST', path: `${cockpit(row)}/suspend` }),
  },
  {
    title: 'suspend',
    connection: 'cloudcockpit',
    call: tenant('POST'),
    is: cancellable,
    words: (row) => ['subscription', 'suspend', row.ref, '--yes'],
    instead: (row) => ({ method: 'DELETE', path: cockpit(row) }),
  },
  {
    title: 'reactivate',
    connection: 'cloudcockpit',
    call: tenant('POST'),
    is: (row) => row.vendorStatus === 'Suspended' && !row.isAddon,
    words: (row) => ['subscription', 'reactivate', row.ref, '--yes'],
  },
  {
    title: 'set-quantity',
    connection: 'cloudcockpit',
    call: tenant('PATCH'),
    is: changeable,
    words: (row) => ['subscription', 'set-quantity', row.ref, '2', '--yes', '--confirm=2'],
    instead: (row) => patched(row, { quantity: 77 }),
  },
  {
    title: 'update name',
    connection: 'cloudcockpit',
    call: tenant('PATCH'),
    is: changeable,
    words: (row) => ['subscription', 'update', row.ref, 'name=Renamed', '--yes'],
    instead: (row) => patched(row, { name: 'Another name' }),
  },
  {
    title: 'update billing',
    connection: 'cloudcockpit',
    call: tenant('PATCH'),
    is: (row) => changeable(row) && row.billing === 'Monthly',
    words: (row) => ['subscription', 'update', row.ref, 'billing=Annual', '--yes'],
    instead: (row) => patched(row, { nextBillingFrequency: { name: 'None' } }),
  },
  {
    title: 'update autoRenew',
    connection: 'cloudcockpit',
    call: tenant('PATCH'),
    is: (row) => changeable(row) && row.renewal?.mode === 'auto',
    words: (row) => ['subscription', 'update', row.ref, 'autoRenew=off', '--yes'],
  },
];

interface WriteJson {
  readonly outcome: string;
  readonly journalId: string;
  readonly request?: Request | null;
}

interface Told extends CommandResult {
  readonly write: WriteJson;
  readonly entry: JournalEntry;
}

/** With as many rows as its writes need. */
describe.each<[string, number, readonly Write[]]>([
  ['Cloudmore', 700, cloudmore],
  ['interworks', 700, interworks],
  ['LINE WORKS', 1600, lineworks],
  ['CloudCockpit', 1600, cloudcockpit],
])('%s', (_, scale, writes) => {
  let home: Home;
  const rows = new Map<string, readonly Subscription[]>();
  /** By id, since two connections may list the same subscription. */
  const used = new Set<string>();

  beforeAll(async () => {
    home = await openHome({ sandbox: { scale, speed: 1, today: '2026-11-21' }, clock: fastClock(today) });
    for (const connection of new Set(writes.map((write) => write.connection))) {
      const list = await home.words('subscription', 'list', '--connection', connection, '--json');
      rows.set(connection, list.json());
    }
  });
  afterAll(() => home.close());

  /** Runs the command of a write on an unused row, with a fault for its deciding call. */
  async function told(
    { call, connection, is, words, stdin = '' }: Write,
    order: (row: Subscription) => Omit<FaultOrder, keyof Write['call']>,
    ...more: readonly string[]
  ): Promise<Told> {
    for (const row of rows.get(connection) ?? []) {
      if (used.has(row.id) || !is(row)) continue;
      used.add(row.id);
      const result = await words(row, home);
      if (result.length === 0) continue;
      await home.sandbox.addFaults([{ ...call, ...order(row) }]);
      const said = await home.wordsWith(stdin, ...result, ...more, '--json');
      expect(said.stdout, said.stderr).not.toBe('');
      const write = said.json<WriteJson>();
      const entry = (await home.words('journal', 'show', write.journalId, '--json')).json<JournalEntry>();
      return { ...said, write, entry };
    }
    throw new Error(`${connection} has no such row left.`);
  }

  it.each(writes)('$title: a success answer without effect is accepted and followed', async (write) => {
    const { code, write: json, entry, stderr } = await told(write, () => ({ do: 'no-effect' }));
    expect(code, stderr).toBe(0);
    expect(json).toMatchObject({ outcome: 'accepted', request: { state: 'pending' } });
    expect(entry.state).toBe('sent');
    const listed = (await home.words('request', 'list', '--json')).json<readonly Request[]>();
    expect(listed.find(({ id }) => id === json.journalId)?.state).toBe('pending');
  });

  it.each(writes)('$title: a 200 with {"success": false} is unknown', async (write) => {
    const failed = { do: 'no-effect', body: { success: false, message: 'not today' } } as const;
    const { code, write: json, entry, stderr } = await told(write, () => failed);
    expect(code, stderr).toBe(8);
    expect(json.outcome).toBe('unknown');
    expect(json.request ?? null).toBeNull();
    expect(entry.state).toBe('unknown');
    expect(stderr).toMatch(/but its body reports a failure.*not today/);
  });

  it.each(writes)('$title: a success answer with a lag is done once the vendor shows it', async (write) => {
    const {
      code,
      write: json,
      entry,
      stderr,
    } = await told(write, () => ({ do: 'lag', milliseconds: 8000 }), '--wait=600');
    expect(code, stderr).toBe(0);
    expect(json).toMatchObject({ outcome: 'done', request: { state: 'done' } });
    expect(entry).toMatchObject({ state: 'done' });
  });

  it.each(writes.filter(({ instead }) => instead !== undefined))(
    '$title: a success answer with another effect is unknown',
    async (write) => {
      const other = (row: Subscription) => {
        const instead = write.instead?.(row);
        return instead === undefined ? ({ do: 'no-effect' } as const) : ({ do: 'other-effect', instead } as const);
      };
      const { code, write: json, entry, stderr } = await told(write, other, '--wait=600');
      expect(code, stderr).toBe(8);
      expect(json.outcome).toBe('unknown');
      expect(entry.state).toBe('unknown');
      expect(entry.reason).toMatch(/but does not show it/);
    },
  );

  it('an effect not shown when --wait ends is pending and followed on', async () => {
    const [first] = writes;
    if (first === undefined) throw new Error('There is no write.');
    const { code, write: json, entry, stderr } = await told(first, () => ({ do: 'no-effect' }), '--wait=20');
    expect(code, stderr).toBe(10);
    expect(json.outcome).toBe('accepted');
    expect(entry.state).toBe('sent');
    expect(stderr).toContain(`subdeck request watch ${json.journalId}`);
  });

  it('plan rows not shown when --wait ends are pending', async () => {
    const write = writes.find(({ words }) => String(words).includes('set-quantity'));
    const row = (rows.get(write?.connection ?? '') ?? []).find((one) => !used.has(one.id) && write?.is(one) === true);
    if (write === undefined || row === undefined) throw new Error('No row matches.');
    used.add(row.id);
    const [csv, plan] = [join(home.path, `${row.id}.csv`), join(home.path, `${row.id}.plan`)];
    writeFileSync(csv, `ref,quantity\n${row.ref},3\n`);
    await home.words('plan', 'create', plan, '--from', csv);
    const { digest } = (await home.words('plan', 'show', plan, '--json')).json<{ digest: string }>();
    await home.sandbox.addFaults([{ ...write.call, do: 'no-effect' }]);
    const run = await home.words('plan', 'run', plan, '--yes', '--confirm', digest, '--wait=20', '--json');
    expect(run.code, run.stderr).toBe(10);
    expect(run.json()).toMatchObject([{ outcome: 'accepted' }]);
  });
});
