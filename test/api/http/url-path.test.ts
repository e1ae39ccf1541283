import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressOf, checkedUrl, path } from '../../../src/api/http/url-path.ts';
import { FaultError } from '../../../src/model/fault.ts';

test('[fault 26] no id can change the address beyond its own path segment', () => {
  const base = new URL('https://vendor.example/v1');
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', '.', '', '../x', 'a?b#c', '%2e%2e', '\r\nX: y')),
      (id) => {
        let address: URL;
        try {
          address = addressOf(base, path`/things/${id}/end`);
        } catch (error) {
          expect(error).toBeInstanceOf(FaultError);
          expect(['', '.', '..'].includes(id) || !id.isWellFormed()).toBe(true);
          return;
        }
        const parts = address.pathname.split('/');
        expect([parts.length, parts[1], parts[2], parts[4]]).toEqual([5, 'v1', 'things', 'end']);
        expect(decodeURIComponent(parts[3] ?? '')).toBe(id);
        expect([address.search, address.hash]).toEqual(['', '']);
      },
    ),
    { numRuns: 3000 },
  );
});

test.each([
  ['https://api.example.com', true],
  ['http://127.0.0.1:8080', true],
  ['http://localhost:8080', true],
  ['http://[::1]:8080', true],
  ['http://api.example.com', false],
  ['http://127.0.0.1.example.com', false],
  ['https://name:secret@api.example.com', false],
  ['ftp://127.0.0.1', false],
  ['nonsense', false],
  ['', false],
])('the address %s is accepted: %s', (text, isTaken) => {
  if (isTaken) expect(checkedUrl(text, 'baseUrl').href).toContain('://');
  else expect(() => checkedUrl(text, 'baseUrl')).toThrow(FaultError);
});
