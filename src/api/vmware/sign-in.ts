import type { Secrets } from '../../model/settings.ts';
import { signedOut } from '../http/read-fault.ts';
import type { Requests } from '../http/requests.ts';
import { callForToken } from '../http/token-call.ts';
import type { FetchedToken } from '../http/token-source.ts';
import { addressOf, checkedUrl } from '../http/url-path.ts';
import { mayBeRetired, tokenLifetime } from './assumptions.ts';
import { tokenWire } from './wire.ts';

/** Who signs in, and when it is. */
export interface SignIn {
  readonly connection: string;
  readonly baseUrl: string;
  /** Milliseconds since the epoch. */
  now(): number;
}

/**
 * Exchanges the API token, which belongs to one organization, for an access token. Throws `signed-out` faults.
 * Source: developer.vmware.com cloud-partner-navigator identity, authn/accesstoken.
 */
export async function signIn(
  { connection, baseUrl, now }: SignIn,
  secrets: Secrets,
  line: Requests,
): Promise<FetchedToken> {
  const { apiToken } = secrets;
  if (!apiToken) throw signedOut(line.credentials, `The connection ${connection} has no API token.`);
  const url = addressOf(checkedUrl(baseUrl, 'baseUrl'), '/cphub/api/auth/v1/authn/accesstoken');
  const call = { connection, url, json: { refreshToken: apiToken }, ifSilent: mayBeRetired };
  const { accessToken } = await callForToken(line, call, tokenWire);
  return { token: accessToken, lifetimeMs: lifetimeOf(accessToken, now()) ?? tokenLifetime * 1000 };
}

/**
 * Milliseconds until the `exp` of a JWT, from its `iat` where it has one: both are the vendor's clock, and this computer's may
 * be another. Null where it has none that can be read. Its signature is the vendor's business.
 */
export function lifetimeOf(jwt: string, now: number): number | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
    if (typeof claims !== 'object' || claims === null || !('exp' in claims) || typeof claims.exp !== 'number')
      return null;
    const issued = 'iat' in claims && typeof claims.iat === 'number' ? claims.iat * 1000 : now;
    return Math.max(0, claims.exp * 1000 - issued);
  } catch {
    return null;
  }
}
