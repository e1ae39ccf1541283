import type { Context } from 'hono';
import type { SandboxEnv } from './vendor.ts';

/** A request's JSON object by field name; null where the body is anything else. */
export async function jsonFields(c: Context<SandboxEnv>): Promise<ReadonlyMap<string, unknown> | null> {
  try {
    const body: unknown = await c.req.json();
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? new Map(Object.entries(body)) : null;
  } catch {
    return null;
  }
}

/** A form's text fields, whatever the content type claims. */
export async function formFields(c: Context<SandboxEnv>): Promise<URLSearchParams> {
  return new URLSearchParams(await c.req.text());
}

/** User and password of a Basic header, or null. */
export function basicIn(headers: Headers): { readonly user: string; readonly password: string } | null {
  const encoded = /^Basic +([\w+/=-]+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
