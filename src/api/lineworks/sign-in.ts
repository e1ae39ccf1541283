import type { Secrets } from '../../model/settings.ts';
import { signedOut } from '../http/read-fault.ts';
import type { Requests } from '../http/requests.ts';
import { callForToken, oauthTokenReply } from '../http/token-call.ts';
import type { FetchedToken } from '../http/token-source.ts';
import { checkedUrl } from '../http/url-path.ts';
import { signedAssertion } from './assertion.ts';
import { tokenLifetime } from './assumptions.ts';

/** Who signs in, where, and when it is. */
export interface SignIn {
  readonly connection: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  now(): number;
}

/**
 * A token for the service account, bought with a fresh signed assertion; the refresh token of the answer is not kept.
 * Throws `signed-out` faults. Source: developers.worksmobile.com/en/docs/auth-jwt
 */
export async function signIn(
  { connection, settings, now }: SignIn,
  secrets: Secrets,
  line: Requests,
): Promise<FetchedToken> {
  const { clientSecret, privateKey } = secrets;
  if (!clientSecret || !privateKey) {
    throw signedOut(line.credentials, `The connection ${connection} has no client secret or no private key.`);
  }
  const { clientId = '', serviceAccount = '', scope = 'partner', tokenUrl = '' } = settings;
  const assertion = signedAssertion({ clientId, serviceAccount, now: now() }, privateKey);
  if (assertion === null) {
    throw signedOut(
      line.credentials,
      `The private key of ${connection} cannot be read: it must be an RSA key in PEM format.`,
    );
  }
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion,
    client_id: clientId,
    client_secret: clientSecret,
    scope,
  };
  const url = checkedUrl(tokenUrl, 'tokenUrl');
  const reply = await callForToken(line, { connection, url, form }, oauthTokenReply);
  return { token: reply.token, lifetimeMs: reply.lifetimeMs ?? tokenLifetime * 1000 };
}
