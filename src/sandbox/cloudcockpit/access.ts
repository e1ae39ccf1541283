import type { Ground, SandboxApp } from '../vendor.ts';
import { limits } from './assumptions.ts';
import type { Parties } from './parties.ts';

export type Role = 'csp' | 'reseller' | 'customer';

/** Clients that may sign in, one for each role. The sandbox's connection uses the first. */
export const clients: Readonly<Record<Role, { readonly clientId: string; readonly clientSecret: string }>> = {
  csp: { clientId: '5c1d6f0e-0000-4000-8000-00000000c5b0', clientSecret: 'sandbox-cloudcockpit-secret' },
  reseller: { clientId: '5c1d6f0e-0000-4000-8000-0000000e5e11', clientSecret: 'sandbox-cloudcockpit-reseller-secret' },
  customer: { clientId: '5c1d6f0e-0000-4000-8000-000000c05707', clientSecret: 'sandbox-cloudcockpit-customer-secret' },
};

/** The portal's domain: the required value of `X-Tenant`. */
export const tenant = 'portal.nordhafen.example';
/** Entra's tenant and the API's scope, as the public guide prints them. */
export const tokenPath = '/4e806121-ff28-4286-ab4e-3be0a08f9ce0/oauth2/v2.0/token';
export const scope = 'api://b92a36a4-feb8-4f47-a69c-29a180aa6d0a/.default';

/** `POST` of Entra ID's token endpoint with client credentials; the token's holder is the role. */
export function tokenRoute(app: SandboxApp, { tokens }: Ground): void {
  app.post(tokenPath, async (c) => {
    const form = new URLSearchParams(await c.req.text());
    if (form.get('grant_type') !== 'client_credentials') {
      return c.json(entraError('unsupported_grant_type', 'AADSTS70003: The grant type is not supported.'), 400);
    }
    const role = roleOf(form);
    if (role === null)
      return c.json(entraError('invalid_client', 'AADSTS7000215: Invalid client secret provided.'), 401);
    if (form.get('scope') !== scope) {
      return c.json(entraError('invalid_scope', 'AADSTS70011: The provided scope is not valid.'), 400);
    }
    const lifetime = limits.tokenLifetime;
    const access_token = tokens.issue(role, lifetime);
    return c.json({ token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token });
  });
}

function roleOf(form: URLSearchParams): Role | null {
  for (const role of ['csp', 'reseller', 'customer'] as const) {
    const { clientId, clientSecret } = clients[role];
    if (form.get('client_id') === clientId && form.get('client_secret') === clientSecret) return role;
  }
  return null;
}

function entraError(error: string, error_description: string) {
  return { error, error_description, error_codes: [Number(/\d+/.exec(error_description)?.[0] ?? 0)] };
}

/** The visible part by role: the tenant sees everything, a reseller its own customers, a customer itself. */
export interface Sight {
  readonly role: Role;
  readonly reseller: number | null;
  sees(customer: number): boolean;
}

/** The reseller and the customer clients belong to the first customer that has a reseller. */
export function sightOf(holder: string, parties: Parties): Sight {
  const customer = [0, 1, 2, 3].find((index) => parties.resellerOf(index) !== null) ?? 0;
  const reseller = parties.resellerOf(customer);
  if (holder === 'reseller')
    return { role: 'reseller', reseller, sees: (index) => parties.resellerOf(index) === reseller };
  if (holder === 'customer') return { role: 'customer', reseller: null, sees: (index) => index === customer };
  return { role: 'csp', reseller: null, sees: () => true };
}
