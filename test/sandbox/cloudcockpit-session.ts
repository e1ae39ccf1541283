import { clients } from '../../src/sandbox/cloudcockpit/access.ts';
import type { SandboxConnection } from '../../src/sandbox/start.ts';
import { given, json } from './running.ts';

export interface Row {
  readonly id: string;
  readonly customerId: string;
  readonly resellerId: string | null;
  readonly offerId: string;
  readonly subscriptionName: string | null;
  readonly offerName: string;
  readonly subscriptionStatus: { readonly name: string };
  readonly startDate: string;
  readonly endDate: string | null;
  readonly cancellationAllowedUntil: string | null;
  readonly quantity: number;
  readonly listPrice: object | null;
  readonly billingFrequency: { readonly name: string };
  readonly parentSubscriptionId: string | null;
  readonly isAddonOffer: boolean;
  readonly isTrialOffer: boolean;
  readonly providerData: string | null;
  readonly internalId: string | null;
}

export interface Page<Item> {
  readonly items: readonly Item[] | null;
  readonly totalPages: number;
  readonly totalCount: number;
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  readonly continuationToken: string | null;
}

export interface Detail {
  readonly name: string | null;
  readonly status: { readonly name: string };
  readonly quantity: number;
  readonly autoRenewEnabled: boolean;
  readonly nextBillingFrequency: { readonly billingFrequency: { readonly name: string } } | null;
}

/** The text of the vendor's error body; 401 and 403 have none. */
export interface Refusal {
  readonly statusCode: number;
  readonly correlationId: string;
  readonly errors: readonly { readonly propertyName: string }[];
}

/** A plain client of the CloudCockpit sandbox, signed in with one of its three roles. */
export async function signedIn({ settings }: SandboxConnection, role: keyof typeof clients = 'csp') {
  const origin = given(settings.baseUrl);
  const { clientId, clientSecret } = clients[role];
  const token = (fields: Readonly<Record<string, string>> = {}) =>
    fetch(given(settings.tokenUrl), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: given(settings.scope),
        ...fields,
      }),
    });
  const { access_token } = await json<{ access_token: string }>(token());
  const standard = {
    authorization: `Bearer ${access_token}`,
    'x-tenant': given(settings.tenant),
    'x-correlation-id': '6f3f9f0e-2f0a-4f55-9f6c-6a1d3c1f7c11',
    'content-type': 'application/json',
  };
  const call = (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${origin}${path}`, {
      method,
      headers: { ...standard, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const list = (query = '') => json<Page<Row>>(call('GET', `/v1/subscriptions?${query}`));
  const everything = async () => {
    const rows: Row[] = [];
    for (let pageNumber = 1; ; pageNumber++) {
      const page = await list(`pageSize=2000&pageNumber=${pageNumber}`);
      rows.push(...(page.items ?? []));
      if (!page.hasNextPage) return rows;
    }
  };
  const pathOf = (row: Row) => `/v1/customers/${row.customerId}/subscriptions/${row.id}`;
  const detail = (row: Row) => json<Detail>(call('GET', pathOf(row)));
  return { origin, token, call, list, everything, pathOf, detail };
}

export type Session = Awaited<ReturnType<typeof signedIn>>;
