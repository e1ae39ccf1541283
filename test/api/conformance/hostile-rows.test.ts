import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCloudcockpit } from '../../../src/api/cloudcockpit/index.ts';
import { createCloudmore } from '../../../src/api/cloudmore/index.ts';
import { can, type Reading, type Vendor } from '../../../src/api/contract.ts';
import { createInterworks } from '../../../src/api/interworks/index.ts';
import { createLineworks } from '../../../src/api/lineworks/index.ts';
import { vendors } from '../../../src/api/registry.ts';
import { createVmware } from '../../../src/api/vmware/index.ts';
import { type FaultServer, serve } from '../fixtures/server.ts';
import { testSetup } from '../fixtures/setup.ts';

/** A vendor's list of subscriptions as JSON text, around objects that are JSON texts too, so that numbers keep all digits. */
interface Play {
  connect(origin: string): Vendor;
  /** Path → body; `ROWS` is replaced by the objects, `COUNT` by their number. */
  readonly paths: Readonly<Record<string, string>>;
  readonly id: string;
  readonly status: (word: string) => string;
  /** A field with money in it, and the price it becomes; null if the vendor has none. */
  readonly price: ((digits: string) => string) | null;
}

const plays: Readonly<Record<string, Play>> = {
  cloudmore: {
    connect: (origin) =>
      createCloudmore(
        testSetup({ settings: { baseUrl: origin, tokenUrl: `${origin}/t`, level: 'seller', sellerId: 's' } }),
      ),
    paths: {
      '/api/sellers/s/services': '[{"id":"v"}]',
      '/api/sellers/s/resellers': '[]',
      '/api/sellers/s/subscriptions/service/v': '[ROWS]',
    },
    id: 'id',
    status: (word) => `"status":${word}`,
    price: (digits) => `"price":${digits},"currency":"EUR"`,
  },
  interworks: {
    connect: (origin) =>
      createInterworks(testSetup({ settings: { baseUrl: origin, tokenUrl: `${origin}/t`, edition: 'free' } })),
    paths: { '/api/accounts': '[]', '/api/subscriptions': '{"data":[ROWS],"pagination":{"totalItems":COUNT}}' },
    id: 'id',
    status: (word) => `"status":${word}`,
    price: (digits) => `"unitPrice":${digits},"currency":"EUR"`,
  },
  vmware: {
    connect: (origin) => createVmware(testSetup({ settings: { baseUrl: origin, orgId: 'o' } })),
    paths: {
      '/cphub/api/seller/v1/distributors/o/usage/customers': '[]',
      '/cphub/api/seller/v1/distributors/o/subscriptions/search': '{"results":[ROWS],"totalResultsCount":COUNT}',
    },
    id: 'id',
    status: (word) => `"status":${word}`,
    price: (digits) => `"offerGroup":{"id":"g","offerCost":${digits},"currency":"EUR"}`,
  },
  lineworks: {
    connect: (origin) => createLineworks(testSetup({ settings: { baseUrl: origin } })),
    paths: {
      '/partners/customers': '{"customers":[{"domainId":7}]}',
      '/partners/customers/7/subscriptions': '{"subscriptions":[ROWS]}',
    },
    id: 'subscriptionId',
    status: (word) => `"status":${word}`,
    price: null,
  },
  cloudcockpit: {
    connect: (origin) =>
      createCloudcockpit(
        testSetup({ settings: { baseUrl: origin, tokenUrl: `${origin}/t`, tenant: 't', role: 'csp' } }),
      ),
    paths: {
      '/v1/Resellers': '{"items":null}',
      '/v1/Customers': '{"items":[]}',
      '/v1/subscriptions': '{"items":[ROWS],"totalCount":COUNT}',
    },
    id: 'id',
    status: (word) => `"subscriptionStatus":{"name":${word}}`,
    price: (digits) => `"listPrice":{"value":${digits},"currency":{"name":"EUR"}}`,
  },
};

it('covers the list of every registered vendor', () => {
  expect(Object.keys(plays)).toEqual([...vendors.keys()]);
});

describe.each(Object.entries(plays))('%s', (_name, play) => {
  let server: FaultServer;
  let rows: readonly string[] = [];
  beforeAll(async () => {
    server = await serve(({ url }, response) => {
      const body = play.paths[new URL(url, 'http://x').pathname];
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(body?.replace('ROWS', () => rows.join(',')).replace('COUNT', String(rows.length)) ?? '{}');
    });
  });
  afterAll(() => server.stop());

  const sync = async (...objects: readonly string[]): Promise<{ rows: readonly Reading[]; complete: boolean }> => {
    rows = objects;
    const { abilities } = play.connect(server.origin);
    if (!can(abilities.sync)) throw new Error('The vendor cannot sync.');
    const readings: Reading[] = [];
    let complete = false;
    for await (const page of abilities.sync({})) {
      readings.push(...page.rows);
      complete = page.complete;
    }
    return { rows: readings, complete };
  };
  const object = (id: string, ...fields: readonly string[]) => `{${[`"${play.id}":${id}`, ...fields].join(',')}}`;

  it.each(['"a/b % c 日本"', '"../.."', '"%2F"', '"🧪?#&=+"', '" "'])(
    '[fault 26] keeps the id %s unchanged',
    async (id) => {
      const { rows: read } = await sync(object(id));
      expect(read.map(({ subscription }) => subscription.id)).toEqual([JSON.parse(id)]);
    },
  );

  it.each(['9007199254740993', '18446744073709551617'])('[fault 54] keeps every digit of the id %s', async (id) => {
    const { rows: read } = await sync(object(id));
    expect(read[0]?.subscription).toMatchObject({ id, ref: `nordic/${id}` });
  });

  const { price } = play;
  it.each(price === null ? [] : ['0.10000000000000000001', '42.00', '123456789012345678.90'])(
    '[fault 54] keeps every digit of the price %s',
    async (digits) => {
      const { rows: read } = await sync(object('"x"', price?.(digits) ?? ''));
      expect(read[0]?.subscription.prices).toMatchObject([{ amount: digits, currency: 'EUR' }]);
    },
  );

  it.each(price === null ? [] : [`0.${'1'.repeat(1000)}`, '9'.repeat(1000)])(
    '[fault 54] refuses an amount of a thousand digits as money',
    async (digits) => {
      const { rows: read } = await sync(object('"x"', price?.(`"${digits}"`) ?? ''));
      expect(read[0]?.subscription.prices).toEqual([]);
    },
  );

  it.each(['Zubzub', 'constructor', '__proto__', 'toString'])(
    '[fault 52, 53] keeps the new status %s and maps it to unknown',
    async (word) => {
      const { rows: read } = await sync(object('"x"', play.status(`"${word}"`)));
      expect(read[0]?.subscription).toMatchObject({ status: 'unknown', vendorStatus: word, surprises: [] });
    },
  );

  it('keeps unknown fields in the raw object', async () => {
    const { rows: read } = await sync(object('"x"', '"brandNew":{"deep":[1,"two"]}'));
    expect(read[0]?.raw).toMatchObject({ brandNew: { deep: [1, 'two'] } });
  });

  it('accepts a row that has only an id, or only nulls beside it', async () => {
    const nulls = '"status":null,"quantity":null,"customerRef":null,"resellerRef":null,"plan":null,"productId":null';
    const { rows: read, complete } = await sync(object('"x"'), object('"y"', nulls));
    expect(read.map(({ subscription }) => [subscription.id, subscription.status])).toEqual([
      ['x', 'unknown'],
      ['y', 'unknown'],
    ]);
    expect(complete).toBe(true);
  });

  it('[fault 52] names a malformed field and keeps the row', async () => {
    const { rows: read } = await sync(
      object(
        '"x"',
        '"status":[{"no":"status"}],"startDate":{"year":1}',
        '"planStartDate":7',
        '"subscriptionStartDate":7',
      ),
    );
    expect(read[0]?.subscription.surprises.length).toBeGreaterThan(0);
  });

  it('drops a row without an id and reports the list as incomplete', async () => {
    const { rows: read, complete } = await sync(object('"x"'), '{"name":"nobody"}', 'null', '7', '"text"');
    expect(read.map(({ subscription }) => subscription.id)).toEqual(['x']);
    expect(complete).toBe(false);
  });

  it('[fault 27] sanitises text before it becomes a row', async () => {
    const { rows: read } = await sync(object('"x"', play.status('"\\u001b]52;c;aGk=\\u0007Active"')));
    expect(JSON.stringify(read[0])).not.toMatch(/\\u00(?:0|1)[0-9a-f]|\\u009/);
  });
});
