import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedAssertion } from '../../../src/api/lineworks/assertion.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const claims = { clientId: 'client-1', serviceAccount: 'robot@example.com', now: Date.parse('2026-11-21T12:00:00Z') };

function partsOf(jwt: string | null): readonly string[] {
  return (jwt ?? '').split('.');
}

describe('the assertion exchanged for a LINE WORKS token', () => {
  it('is an RS256 JWT that the public key verifies', () => {
    const [header = '', body = '', signature = ''] = partsOf(signedAssertion(claims, pem));
    const signed = Buffer.from(`${header}.${body}`);
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'RS256', typ: 'JWT' });
    expect(
      verify(
        'sha256',
        signed,
        createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
        Buffer.from(signature, 'base64url'),
      ),
    ).toBe(true);
  });

  it('names client and service account, and expires within the allowed hour', () => {
    const body = JSON.parse(Buffer.from(partsOf(signedAssertion(claims, pem))[1] ?? '', 'base64url').toString());
    expect(body).toMatchObject({ iss: 'client-1', sub: 'robot@example.com', iat: claims.now / 1000 });
    expect(body.exp - body.iat).toBeGreaterThan(60);
    expect(body.exp - body.iat).toBeLessThanOrEqual(3600);
  });

  it('accepts a key whose line breaks are written as backslash n', () => {
    expect(signedAssertion(claims, pem.replaceAll('\n', '\\n'))).toBe(signedAssertion(claims, pem));
  });

  it.each(['', 'secret', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'])(
    'is null for an invalid key: %j',
    (text) => {
      expect(signedAssertion(claims, text)).toBeNull();
    },
  );

  it('is null for a key that cannot sign RS256', () => {
    const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    expect(signedAssertion(claims, elliptic.export({ type: 'pkcs8', format: 'pem' }).toString())).toBeNull();
  });
});
