import { createSign, generateKeyPairSync } from 'node:crypto';
import type { SandboxConnection } from '../../src/sandbox/start.ts';
import { given, json } from './running.ts';

export interface Row {
  readonly domainId: number;
  /** In digits, as in the answer. */
  readonly subscriptionId: string;
  readonly productId: string;
  readonly plan: string;
  readonly planEndDate: string | null;
  readonly licenseCount: number | null;
  readonly licenseAssignType?: string;
  readonly status: string;
  readonly renewal: { readonly type: string; readonly licenseCount?: number } | null;
}

export interface Claims {
  readonly iss?: string;
  readonly sub?: string;
  readonly iat?: number;
  readonly exp?: number;
}

/** A private key that the sandbox does not know. */
export function unknownKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

/** A plain client of the LINE WORKS sandbox, not yet signed in. */
export function visitor({ settings, secrets }: SandboxConnection) {
  const tokenUrl = given(settings.tokenUrl);
  const base = given(settings.baseUrl);
  const now = Math.floor(Date.now() / 1000);
  const assertion = (claims: Claims = {}, key = given(secrets.privateKey)) => {
    const all = { iss: settings.clientId, sub: settings.serviceAccount, iat: now, exp: now + 600, ...claims };
    const signed = [{ alg: 'RS256', typ: 'JWT' }, all]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
  };
  const token = (fields: Readonly<Record<string, string>> = {}) =>
    fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        client_id: given(settings.clientId),
        client_secret: given(secrets.clientSecret),
        scope: 'partner',
        assertion: assertion(),
        ...fields,
      }),
    });
  return { base, origin: new URL(base).origin, assertion, token };
}

/** The same, signed in with a scope. */
export async function signedIn(connection: SandboxConnection, scope = 'partner') {
  const guest = visitor(connection);
  const { access_token: token } = await json<{ access_token: string }>(guest.token({ scope }));
  const call = (method: string, path: string, body?: unknown) =>
    fetch(guest.base + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const rowsOf = async (domainId: number) => {
    const text = await (await call('GET', `/partners/customers/${domainId}/subscriptions`)).text();
    const whole = text.replace(/"subscriptionId":(\d+)/g, '"subscriptionId":"$1"');
    const { subscriptions }: { subscriptions: Row[] } = JSON.parse(whole);
    return subscriptions;
  };
  const customers = async (query = 'count=30') => {
    const found: { domainId: number; companyName: string; domain: string }[] = [];
    for (let cursor = ''; ; ) {
      const next = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await json<{ customers: typeof found; responseMetaData: { nextCursor?: string } }>(
        call('GET', `/partners/customers?${query}${next}`),
      );
      found.push(...page.customers);
      if (page.responseMetaData.nextCursor === undefined) return found;
      cursor = page.responseMetaData.nextCursor;
    }
  };
  const everything = async () => {
    const rows: Row[] = [];
    for (const { domainId } of await customers()) rows.push(...(await rowsOf(domainId)));
    return rows;
  };
  const pathOf = (row: Row) => `/partners/customers/${row.domainId}/subscriptions/${row.subscriptionId}`;
  return { ...guest, token, call, rowsOf, customers, everything, pathOf };
}

export type Session = Awaited<ReturnType<typeof signedIn>>;

/** A status with the vendor's code, for comparing refusals. */
export async function refusal(answer: Promise<Response>): Promise<string> {
  const { status } = await answer;
  const { code } = await json<{ code: string }>(answer);
  return `${status} ${code}`;
}
