import { verify } from 'node:crypto';
import type { Ground, SandboxApp } from '../vendor.ts';
import { assumptions } from './assumptions.ts';
import { sandboxPublicKey } from './key-pair.ts';

/** The service account that the sandbox's connection signs in with. */
export const account = {
  clientId: 'sandbox-lineworks-client',
  clientSecret: 'sandbox-lineworks-secret',
  serviceAccount: 'subdeck.serviceaccount@partner.example',
} as const;

const scopes: ReadonlySet<string> = new Set(['partner', 'partner.read']);
const longestAssertion = 3600;

/** `POST /oauth2/v2.0/token` with the JWT-bearer grant; the token's holder is its scopes. */
export function tokenRoute(app: SandboxApp, { time, tokens }: Ground): void {
  app.post('/oauth2/v2.0/token', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const wrong = mistake(form, Math.floor(time.real() / 1000));
    if (wrong !== null) {
      const status = wrong.error === 'invalid_client' ? 401 : 400;
      return c.json(wrong, status);
    }
    const scope = scopesIn(form).join(' ');
    return c.json({
      access_token: tokens.issue(scope, assumptions.tokenLifetime),
      token_type: 'Bearer',
      expires_in: String(assumptions.tokenLifetime),
      scope,
    });
  });
}

interface Mistake {
  readonly error: string;
  readonly error_description: string;
}

function mistake(form: URLSearchParams, now: number): Mistake | null {
  if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
    return { error: 'unsupported_grant_type', error_description: 'The sandbox takes the JWT-bearer grant.' };
  }
  if (form.get('client_id') !== account.clientId || form.get('client_secret') !== account.clientSecret) {
    return { error: 'invalid_client', error_description: 'The client is unknown or its secret is wrong.' };
  }
  const asked = scopesIn(form);
  if (asked.length === 0 || asked.some((scope) => !scopes.has(scope))) {
    return { error: 'invalid_scope', error_description: 'Request scope is not valid.' };
  }
  const wrong = wrongAssertion(form.get('assertion') ?? '', now);
  return wrong === null ? null : { error: 'invalid_grant', error_description: wrong };
}

/** Scopes are parted by spaces or commas. */
function scopesIn(form: URLSearchParams): readonly string[] {
  return (form.get('scope') ?? '').split(/[ ,]+/).filter((scope) => scope !== '');
}

function wrongAssertion(assertion: string, now: number): string | null {
  const [header = '', claims = '', signature = ''] = assertion.split('.');
  if (read(header).alg !== 'RS256') return 'The assertion must be signed with RS256.';
  const signed = Buffer.from(`${header}.${claims}`);
  if (!verify('RSA-SHA256', signed, sandboxPublicKey(), Buffer.from(signature, 'base64url'))) {
    return "The assertion's signature does not match.";
  }
  const { iss, sub, iat, exp } = read(claims);
  if (iss !== account.clientId || sub !== account.serviceAccount) return 'iss or sub of the assertion is wrong.';
  if (typeof iat !== 'number' || typeof exp !== 'number') return 'iat or exp of the assertion is missing.';
  if (exp <= now) return 'The assertion has run out.';
  return exp - iat > longestAssertion ? 'The assertion lives longer than 60 minutes.' : null;
}

function read(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
