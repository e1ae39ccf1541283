import type { SandboxConnection } from '../../src/sandbox/start.ts';
import { given, json } from './running.ts';

export interface Row {
  readonly id: string;
  readonly status?: string;
  readonly billingEngineSubscriptionId?: string;
  readonly customerOrgId?: string;
  readonly customerRef?: { readonly name: string };
  readonly subscriptionStartDate?: string;
  readonly subscriptionEndDate?: string;
}

export interface Page {
  readonly next?: number;
  readonly results: readonly Row[];
  readonly totalResultsCount: number;
}

/** A plain client of the VMware Partner Navigator sandbox, signed in. */
export async function signedIn({ settings, secrets }: SandboxConnection) {
  const origin = given(settings.baseUrl);
  const orgId = given(settings.orgId);
  const apiToken = given(secrets.apiToken);
  const answer = await fetch(`${origin}/cphub/api/auth/v1/authn/accesstoken`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken: apiToken }),
  });
  const { accessToken: token } = await json<{ accessToken: string }>(answer);
  const base = `${origin}/cphub/api/seller/v1/distributors/${orgId}`;
  const headers = { 'csp-auth-token': token, 'content-type': 'application/json' };
  const get = (path: string) => fetch(base + path, { headers });
  const search = (body: unknown, query: string) =>
    fetch(`${base}/subscriptions/search${query}`, { method: 'POST', headers, body: JSON.stringify(body) ?? '' });

  /** Follows `next` until it leads to no new page. */
  const walk = async (body: unknown, query = 'pageLimit=100') => {
    const rows: Row[] = [];
    let total = 0;
    let longest = 0;
    for (let start: number | undefined = 1; start !== undefined; ) {
      const page: Page = await json<Page>(search(body, `?${query}&pageStart=${start}`));
      rows.push(...page.results);
      total = page.totalResultsCount;
      longest = Math.max(longest, page.results.length);
      start = page.next !== undefined && page.next > start && rows.length < total ? page.next : undefined;
    }
    return { rows, total, longest };
  };
  return { origin, orgId, apiToken, token, get, search, walk };
}
