import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { assertionLifetime } from './assumptions.ts';

/** Who asks for a token, and on whose behalf. */
export interface Claims {
  readonly clientId: string;
  readonly serviceAccount: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The signed JWT (RS256) that LINE WORKS takes in place of a password. Each token needs a new one; the private key never
 * leaves this machine. Null where the text is no private key that can sign.
 */
export function signedAssertion({ clientId, serviceAccount, now }: Claims, privateKey: string): string | null {
  const key = readKey(privateKey);
  if (key === null) return null;
  const issued = Math.floor(now / 1000);
  const header = encoded({ alg: 'RS256', typ: 'JWT' });
  const claims = encoded({ iss: clientId, sub: serviceAccount, iat: issued, exp: issued + assertionLifetime });
  const signature = sign('sha256', Buffer.from(`${header}.${claims}`), key).toString('base64url');
  return `${header}.${claims}.${signature}`;
}

/** A PEM whose line ends were written as `\n` (as JSON in an environment variable may have it) is read too. */
function readKey(pem: string): KeyObject | null {
  try {
    const key = createPrivateKey(pem.replaceAll('\\r', '').replaceAll('\\n', '\n').trim());
    return key.asymmetricKeyType === 'rsa' ? key : null;
  } catch {
    return null;
  }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
