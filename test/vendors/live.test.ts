import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/model/subscription.ts';
import type { VendorId } from '../../src/model/vendor.ts';
import { type Home, openHome, type Served } from './home.ts';

let home: Home;
let rows: readonly Subscription[];

beforeAll(async () => {
  home = await openHome({ sandbox: { scale: 400 } });
  expect((await home.words('sync')).code).toBe(0);
  rows = (await home.words('subscription', 'list', '--json')).json();
});
afterAll(() => home.close());

const some = (connection: string, is: (row: Subscription) => boolean = () => true): Subscription => {
  const found = rows.find((row) => row.connection === connection && is(row));
  if (!found) throw new Error(`${connection} has no such row.`);
  return found;
};

/** The flags of one query, cached and live; the rows in order, without their time of reading. */
async function both(connection: string, flags: readonly string[]) {
  const list = async (...more: string[]) => {
    const result = await home.words('subscription', 'list', '--connection', connection, ...flags, '--json', ...more);
    expect(result.stderr).toBe('');
    return result.json<readonly Subscription[]>().map(({ ref, name, quantity }) => ({ ref, name, quantity }));
  };
  const cached = await list('--offline');
  return { cached, live: await list('--live') };
}

const hasCompany = ({ organization }: Subscription) => /^[A-Za-z]{4,} /.test(organization?.name ?? '');

const questions: Readonly<Record<string, (connection: string) => readonly string[]>> = {
  everything: () => [],
  'a part of a name': () => ['--filter', 'name:backup'],
  'a part of many names': () => ['--filter', 'name:e'],
  'a quantity': () => ['--filter', `qty>=${some('interworks', ({ quantity }) => quantity !== null).quantity}`],
  'a quantity exactly': () => ['--filter', 'qty=5'],
  'what ends soon': () => ['--filter', 'ends<60d'],
  'what begins late': () => ['--filter', 'starts>=2026-06'],
  'a status': () => ['--filter', 'status=active'],
  'a part of a status': () => ['--filter', 'status:sus'],
  trials: () => ['--filter', 'trial'],
  'a word': () => ['--filter', 'office'],
  'a word of another column': () => ['--filter', 'monthly'],
  'a search': () => ['--search', 'backup'],
  'a search for digits, which ids have too': () => ['--search', '12'],
  'a search for a company': (connection) => ['--search', some(connection, hasCompany).organization?.name ?? ''],
  'a word of a company': (connection) => [
    '--filter',
    some(connection, hasCompany).organization?.name.split(' ')[0] ?? '',
  ],
  'the last to end': () => ['--sort', 'ends:desc', '--limit', '7'],
  'the first to end': () => ['--sort', 'ends', '--limit', '7'],
  'the first active to end': () => ['--filter', 'status=active', '--sort', 'ends', '--limit', '4'],
  'the largest': () => ['--sort', 'qty:desc', '--limit', '5'],
  'names backwards': () => ['--sort', 'name:desc', '--limit', '5'],
};

const searched = ['interworks', 'vmware', 'cloudcockpit'] as const;
const readWhole = ['cloudmore-reseller', 'lineworks'] as const;

describe.each(searched)('%s, searched live', (connection) => {
  it.each(Object.entries(questions))('finds for %s what the cache finds', async (_, flags) => {
    const { cached, live } = await both(connection, flags(connection));
    expect(live).toEqual(cached);
  });

  it.each([
    ['org=', ({ organization }: Subscription) => organization?.name],
    ['org=', ({ organization }: Subscription) => organization?.id],
    ['org:', ({ organization }: Subscription) => organization?.name.slice(0, 4)],
    ['service=', ({ services }: Subscription) => services[0]?.id],
    ['service:', ({ services }: Subscription) => services[0]?.name.slice(1, 6)],
    ['reseller=', ({ reseller }: Subscription) => reseller?.name],
    ['product:', ({ product }: Subscription) => product?.name.slice(0, 5)],
    ['name=', ({ name }: Subscription) => name],
    ['id=', ({ id }: Subscription) => id],
    ['', ({ externalIds }: Subscription) => Object.values(externalIds)[0]],
  ] as const)('finds a row by %s%s like the cache', async (field, textOf) => {
    const row = some(connection, (one) => one.services.length > 0 && one.organization !== null);
    const value = textOf(row);
    if (!value) return;
    const { cached, live } = await both(connection, ['--filter', `${field}${JSON.stringify(value)}`]);
    expect(live).toEqual(cached);
    expect(live.map(({ ref }) => ref)).toContain(row.ref);
  });
});

describe.each([...searched, ...readWhole])('one branch of %s', (connection) => {
  it.each(['organization', 'service'] as const)('reads one %s alone like the cache', async (level) => {
    const row = some(connection, (one) => one.services.length > 0 && one.organization !== null);
    const id = level === 'service' ? row.services[0]?.id : row.organization?.id;
    const pin = `${level}=${connection}/${id}`;
    const { cached, live } = await both(connection, ['--within', pin, '--filter', 'qty>1 -status=expired']);
    expect(live).toEqual(cached);
    const synced = await home.words('sync', '--within', pin, '--json');
    expect(synced.json()).toMatchObject([{ connection, complete: true }]);
    expect((await both(connection, ['--within', pin])).live).toEqual(
      (await both(connection, ['--within', pin])).cached,
    );
  });
});

describe.each(readWhole)('%s, which cannot search', (connection) => {
  it.each(['a part of a name', 'what ends soon', 'the first active to end'] as const)(
    'finds for %s what the cache finds',
    async (which) => {
      const { cached, live } = await both(connection, questions[which]?.(connection) ?? []);
      expect(live).toEqual(cached);
    },
  );
});

describe('requests sent to the vendor', () => {
  const asked = async (vendor: VendorId, connection: string, ...flags: string[]): Promise<readonly Served[]> => {
    await home.served(vendor);
    const result = await home.words('subscription', 'list', '--connection', connection, '--live', ...flags);
    expect(result.code).toBe(0);
    return home.served(vendor);
  };

  it.each([
    [['--filter', 'name:backup'], "contains(name,'backup')"],
    [['--filter', 'qty>20 name:backup'], "quantity gt 20 and contains(name,'backup')"],
    [['--filter', 'qty=7'], 'quantity eq 7'],
    [['--filter', 'ends<30d'], "endDate gt datetime'"],
    [['--filter', 'starts>=2026-06-01'], "startDate gt datetime'2026-05-30T00:00:00'"],
  ])('interworks gets %j as $filter', async (flags, filter) => {
    const [first] = await asked('interworks', 'interworks', ...flags);
    expect(first).toMatchObject({ path: '/api/subscriptions', query: { $filter: expect.stringContaining(filter) } });
  });

  it('interworks sorts, and reads no page beyond the limit', async () => {
    const calls = await asked('interworks', 'interworks', '--sort', 'ends:desc', '--limit', '3');
    expect(calls).toMatchObject([{ query: { $orderby: 'endDate desc', size: '50', page: '1' } }]);
  });

  it('VMware gets filters and sorter, and reads no page beyond the limit', async () => {
    const name = some('vmware').organization?.name ?? '';
    const [call] = await asked('vmware', 'vmware', '--filter', `org:"${name}" status=active`, '--sort', 'ends:desc');
    expect(call?.body).toEqual({
      filters: [
        { key: 'CUSTOMER_NAME', operator: 'LIKE', value: name },
        { key: 'INCLUDE_INACTIVE_SUBSCRIPTIONS', operator: 'EQUALS', value: 'false' },
      ],
      sorter: { key: 'SUBSCRIPTION_END_DATE', operator: 'DESC' },
    });
    const calls = await asked('vmware', 'vmware', '--sort', 'ends', '--limit', '5');
    expect(calls).toMatchObject([{ query: { pageLimit: '50', pageStart: '1' } }]);
  });

  it('CloudCockpit gets search and order for its one list', async () => {
    const calls = await asked('cloudcockpit', 'cloudcockpit', '--filter', 'name:office', '--sort', 'ends:desc');
    expect(calls.find(({ path }) => path === '/v1/subscriptions')?.query).toMatchObject({
      searchValue: 'office',
      sortPropertyName: 'EndDate',
      ascendingOrder: 'false',
    });
  });

  it('CloudCockpit gets status, reseller and offer for the list of one customer', async () => {
    const row = some('cloudcockpit', ({ reseller, status }) => reseller !== null && status === 'active');
    const calls = await asked(
      'cloudcockpit',
      'cloudcockpit',
      ...['--filter', `org="${row.organization?.name}" status=active reseller="${row.reseller?.name}"`],
      ...['--within', `service=cloudcockpit/${row.services[0]?.id}`],
    );
    expect(calls.some(({ path }) => path === '/v1/subscriptions')).toBe(false);
    expect(calls.find(({ path }) => /\/customers\/.*\/subscriptions$/.test(path))?.query).toMatchObject({
      subscriptionStatuses: 'Active',
      resellerId: row.reseller?.id,
      offerId: row.services[0]?.id,
    });
  });

  it.each([
    ['interworks', ({ query }: Served) => /^account\/id eq \d+$/.test(query.$filter ?? '')],
    ['vmware', ({ body }: Served) => /CUSTOMER_NAME/.test(JSON.stringify(body))],
    ['lineworks', ({ path }: Served) => /\/customers\/\d+\/subscriptions$/.test(path)],
    ['cloudcockpit', ({ path }: Served) => /\/customers\/[^/]+\/subscriptions$/.test(path)],
  ] as const)('%s is asked for one organization when that is refreshed', async (vendor, isNarrow) => {
    const { organization } = some(vendor, (row) => row.organization !== null);
    await home.served(vendor);
    await home.words('sync', '--within', `organization=${vendor}/${organization?.id}`);
    const lists = (await home.served(vendor)).filter(({ path }) => /subscriptions(\/search)?$/.test(path));
    expect(lists.length).toBeGreaterThan(0);
    expect(lists.filter((call) => !isNarrow(call))).toEqual([]);
  });
});
