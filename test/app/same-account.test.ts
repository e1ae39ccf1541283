import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../src/app/open-app.ts';
import { appPathsIn } from '../../src/app/paths.ts';
import { fill, row } from '../store/rows.ts';

const values = { level: 'seller', sellerId: 's', username: 'u' };

/** Two connections to one Cloudmore account, with the rows of each. */
function openTwo() {
  const home = mkdtempSync(join(tmpdir(), 'same-account-'));
  const connections = {
    seller: { vendor: 'cloudmore', settings: values },
    reseller: { vendor: 'cloudmore', settings: { level: 'reseller', resellerId: 'r', username: 'v' } },
  };
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ offline: true, connections }), { mode: 0o600 });
  const app = openApp({
    ...{ paths: appPathsIn(home), secrets: new Map(), env: {}, offline: true, readOnly: false, onCall: null },
    holdsSnapshot: true,
  });
  onTestFinished(() => {
    app.close();
    rmSync(home, { recursive: true, force: true });
  });
  const { context } = app;
  for (const connection of ['seller', 'reseller']) {
    fill(context.cache, [row({ connection, id: '1', quantity: 5 })], {}, connection);
  }
  return context;
}

const whole = { scope: [], connections: null, filter: [], search: null };

test('a running program follows a connection to another account, removed and added', async () => {
  const context = openTwo();
  const seen = () => ({
    sameAs: context.cache.subscription('seller', '1')?.sameAs,
    seats: context.cache.totals(whole).seats,
  });
  expect(seen()).toEqual({ sameAs: ['reseller/1'], seats: 5 });
  const { reseller } = context.settings.connections;
  if (reseller === undefined) throw new Error('There is no connection reseller.');
  const elsewhere = { ...reseller.values, baseUrl: 'https://staging.example.com' };
  await context.setup.save('reseller', () => ({ vendor: 'cloudmore', values: elsewhere }));
  expect(seen()).toEqual({ sameAs: [], seats: 5 });
  expect(context.cache.subscription('reseller', '1')).toBeNull();
  await context.setup.save('reseller', () => reseller);
  fill(context.cache, [row({ connection: 'reseller', id: '1', quantity: 5 })], {}, 'reseller');
  expect(seen()).toEqual({ sameAs: ['reseller/1'], seats: 5 });
  await context.setup.remove('reseller');
  expect(seen()).toEqual({ sameAs: [], seats: 5 });
  await context.setup.save('again', () => ({ vendor: 'cloudmore', values }));
  fill(context.cache, [row({ connection: 'again', id: '1', quantity: 5 })], {}, 'again');
  expect(seen()).toEqual({ sameAs: ['again/1'], seats: 5 });
});
