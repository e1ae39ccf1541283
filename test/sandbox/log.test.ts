import { expect, test } from 'vitest';
import { RequestLog, readableBody } from '../../src/sandbox/log.ts';
import { served } from './running.ts';
import { opened, visitor } from './visitor.ts';

test('logs who requested what and the answer, never a secret', async () => {
  const sandbox = await opened();
  const seller = await visitor(sandbox, 'cloudmore-seller');
  const root = `/api/sellers/${seller.settings.sellerId}`;
  await seller.call('PUT', `${root}/subscriptions/SetLicenseKey/none?reason=a%20b`, { licenseKey: 'ABC', note: 'n' });
  const [token, change, ...more] = await served(seller.origin);
  expect(token).toMatchObject({
    vendor: 'cloudmore',
    method: 'POST',
    path: '/connect/token',
    query: {},
    body: { grant_type: 'password', username: seller.settings.username, password: '***', client_secret: '***' },
    status: 200,
  });
  expect(change).toMatchObject({
    path: `${root}/subscriptions/SetLicenseKey/none`,
    query: { reason: 'a b' },
    body: { licenseKey: '***', note: 'n' },
    status: 404,
  });
  expect(more).toEqual([]);
  expect(JSON.stringify(change)).not.toContain('ABC');
});

test.each<[string, string, string, unknown]>([
  ['nothing', '', '', null],
  ['JSON with secrets deep inside', '[{"a":{"refreshToken":"x"}}]', '', [{ a: { refreshToken: '***' } }]],
  ['a form', 'password=x&b=1', 'application/x-www-form-urlencoded; charset=UTF-8', { password: '***', b: '1' }],
  ['plain text', 'hello', 'text/plain', 'hello'],
])('logs a body that is %s', (_, text, type, expected) => {
  expect(readableBody(text, type)).toEqual(expected);
});

test('keeps the last 200,000 requests, oldest first', () => {
  const log = new RequestLog();
  const at = (nth: number) =>
    ({
      at: '',
      vendor: 'cloudmore',
      method: 'GET',
      path: `/${nth}`,
      query: {},
      body: null,
      status: 200,
      beside: 0,
    }) as const;
  for (let nth = 0; nth < 200_003; nth++) log.add(at(nth));
  const lines = [...log.lines()];
  expect(lines).toHaveLength(200_000);
  expect(lines.at(0)).toContain('"/3"');
  expect(lines.at(-1)).toContain('"/200002"');
});
