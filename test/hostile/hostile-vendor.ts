import type { ServerResponse } from 'node:http';
import { json, type Seen, serve } from '../api/fixtures/server.ts';

/**
 * A minimal vendor that implements interworks' API, and Cloudmore's for its sellers, with a test's texts in every
 * field.
 */
export interface HostileVendor {
  readonly origin: string;
  /** Of an interworks connection. */
  readonly settings: Readonly<Record<string, string>>;
  /** Of a Cloudmore connection to the same rows. */
  readonly sellerSettings: Readonly<Record<string, string>>;
  /** One text for each field of each row. */
  rows: readonly HostileRow[];
  /** Intercepts a call before it is answered; true: it was answered. */
  spoil: ((asked: Seen, response: ServerResponse) => boolean) | null;
  stop(): Promise<void>;
}

export interface HostileRow {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly product: string;
  readonly status: string;
  /** The vendor's licence key. */
  readonly license?: string;
  /** Additional or overridden fields of the vendor's object. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** The key under its name, and repeated under another one. */
function namedValues(row: HostileRow | undefined): readonly object[] {
  if (row?.license === undefined) return [];
  return [
    { id: 1, name: 'License key', code: 'LicenseKey', value: row.license },
    { id: 2, name: 'Remarks', code: 'remarks', value: `the key is ${row.license}` },
  ];
}

export async function openHostileVendor(accessToken: string): Promise<HostileVendor> {
  const self: Pick<HostileVendor, 'rows' | 'spoil'> = { rows: [], spoil: null };
  const whole = ({ id, name, account, product, status, license, more }: HostileRow, at: number) => ({
    ...(license === undefined ? {} : { licenseKey: license, remarks: `the key is ${license}` }),
    ...{ id, name, status, quantity: at, externalId: name, startDate: '2026-01-01T00:00:00Z', endDate: null },
    account: { id: at % 3, name: account },
    product: { id: at, name: product },
    addons: [],
    ...more,
  });
  const soldBy = ({ id, name, account, product, status, license }: HostileRow, at: number) => ({
    ...{ id, name, status, quantity: at, licenseKey: license ?? null },
    ...{
      organizationId: at % 3,
      organizationName: account,
      serviceId: 'v',
      serviceName: product,
      productName: product,
    },
  });
  const server = await serve((asked, response) => {
    const { url, headers, method } = asked;
    if (self.spoil?.(asked, response)) return;
    const { pathname, searchParams } = new URL(url, 'http://x');
    if (/\/token$/.test(pathname)) return json(response, 200, { access_token: accessToken, expires_in: 3600 });
    const [page, size] = [Number(searchParams.get('page') ?? 1), Number(searchParams.get('size') ?? 100)];
    const listed = <Row>(all: readonly Row[]) => {
      const pagination = { page, size, totalItems: all.length, totalPages: Math.ceil(all.length / size) };
      json(response, 200, { data: all.slice((page - 1) * size, page * size), pagination });
    };
    if (pathname === '/api/subscriptions') return listed(self.rows.map(whole));
    if (pathname === '/api/accounts')
      return listed(self.rows.slice(0, 3).map(({ account }, id) => ({ id, name: account })));
    if (pathname === '/api/sellers/s/services') return json(response, 200, [{ id: 'v', name: self.rows[0]?.product }]);
    if (pathname === '/api/sellers/s/resellers') return json(response, 200, []);
    if (pathname.startsWith('/api/sellers/s/subscriptions/service/')) return json(response, 200, self.rows.map(soldBy));
    const isAsked = /^\/api\/subscriptions\/[^/]+\/quantity(?:request\/.*)?$/.test(pathname);
    if (isAsked)
      return json(response, 200, { requestId: `rq ${self.rows[0]?.name}`, status: { name: self.rows[0]?.name } });
    if (method !== 'GET') return json(response, 200, null);
    if (pathname === '/api/products') return listed([]);
    const part = /^\/api\/subscriptions\/([^/]+)\/(?:characteristics|customfields|currentInstallmentplan)$/.exec(
      pathname,
    );
    if (part !== null) return json(response, 200, namedValues(self.rows.find(({ id: own }) => own === part[1])));
    const id = decodeURIComponent(pathname.split('/').at(-1) ?? '');
    const at = self.rows.findIndex((row) => row.id === id);
    const row = self.rows[at];
    if (row !== undefined) return json(response, 200, /sellers/.test(pathname) ? soldBy(row, at) : whole(row, at));
    const said = self.rows[0]?.name ?? '';
    json(response, 400, { Type: said, Message: `${said} ${headers.authorization}` }, {});
  });
  return Object.assign(self, {
    origin: server.origin,
    settings: {
      ...{ baseUrl: server.origin, tokenUrl: `${server.origin}/oauth/token`, edition: 'standard' },
      ...{ username: 'api@nordic.example', clientKey: 'key' },
    },
    sellerSettings: {
      ...{ baseUrl: server.origin, tokenUrl: `${server.origin}/connect/token`, level: 'seller', sellerId: 's' },
      username: 'api@nordic.example',
    },
    stop: server.stop,
  });
}
