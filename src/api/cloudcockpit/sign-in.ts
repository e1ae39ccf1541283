import type { Secrets } from '../../model/settings.ts';
import { signedOut } from '../http/read-fault.ts';
import type { Requests } from '../http/requests.ts';
import { callForToken, oauthTokenReply } from '../http/token-call.ts';
import type { FetchedToken } from '../http/token-source.ts';
import { checkedUrl } from '../http/url-path.ts';

/**
 * A token for the API access by client credentials (Entra ID). Throws `signed-out` faults.
 * Source: developer.cloudcockpit.com topic-authentication-guide
 */
export async function signIn(
  connection: string,
  settings: Readonly<Record<string, string>>,
  { clientSecret }: Secrets,
  line: Requests,
): Promise<FetchedToken> {
  if (!clientSecret) throw signedOut(line.credentials, `The connection ${connection} has no client secret.`);
  const { clientId = '', scope = '', tokenUrl = '' } = settings;
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope };
  const url = checkedUrl(tokenUrl, 'tokenUrl');
  return callForToken(line, { connection, url, form }, oauthTokenReply);
}
