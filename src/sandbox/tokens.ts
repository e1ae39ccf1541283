import { randomBytes } from 'node:crypto';
import type { SandboxTime } from './time.ts';

/** The access tokens of one vendor's origin. */
export interface Tokens {
  /** A new bearer token in the form of a JWT (with `exp`, by the client's clock), valid for `seconds`. */
  issue(holder: string, seconds: number, claims?: Readonly<Record<string, unknown>>): string;
  /** The holder of a token; null if it is unknown, expired or revoked. */
  holder(token: string | null): string | null;
  revoke(token: string | null): void;
}

export function createTokens(time: SandboxTime): Tokens {
  const issued = new Map<string, { readonly holder: string; readonly until: number }>();
  const forgetOld = () => {
    for (const [token, { until }] of issued) if (until <= time.real()) issued.delete(token);
  };
  return {
    issue: (holder, seconds, claims = {}) => {
      forgetOld();
      const from = Math.floor(time.real() / 1000);
      const token = [
        { alg: 'RS256', typ: 'JWT' },
        { sub: holder, iat: from, exp: from + seconds, ...claims },
      ]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .concat(randomBytes(48).toString('base64url'))
        .join('.');
      issued.set(token, { holder, until: (from + seconds) * 1000 });
      return token;
    },
    holder: (token) => {
      const found = token === null ? undefined : issued.get(token);
      return found !== undefined && found.until > time.real() ? found.holder : null;
    },
    revoke: (token) => {
      if (token !== null) issued.delete(token);
    },
  };
}

/** The token of `Authorization: Bearer …`, or null. */
export function bearerIn(headers: Headers): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;
}
