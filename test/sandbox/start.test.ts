import { describe, expect, test } from 'vitest';
import { startEmbeddedSandbox } from '../../src/sandbox/embedded.ts';
import { startSandbox } from '../../src/sandbox/start.ts';
import { given } from './running.ts';
import { opened, visitor } from './visitor.ts';

describe('starting the sandbox', () => {
  test('every connection points to its vendor’s origin on loopback', async () => {
    const sandbox = await opened();
    for (const { vendor, settings } of sandbox.connections) {
      const origin = given(sandbox.origins[vendor]);
      expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(given(settings.baseUrl).startsWith(origin)).toBe(true);
    }
    expect(sandbox.connections.slice(0, 4).map(({ name }) => name)).toEqual([
      'cloudmore-seller',
      'cloudmore-reseller',
      'interworks',
      'interworks-free',
    ]);
  });

  test('a port in use is an error and leaves no other port open', async () => {
    const first = await opened();
    const port = Number(new URL(given(first.origins.interworks)).port) - 1;
    await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
    await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
  });

  test('a port range beyond 65535 is an error for any number of vendors', async () => {
    await expect(startSandbox({ port: 65_535 })).rejects.toThrow('go beyond 65535');
  });

  test('an invalid date is an error', async () => {
    await expect(startSandbox({ today: '21.11.2026' })).rejects.toThrow('is not a day');
    await expect(startSandbox({ today: '2026-13-01' })).rejects.toThrow('is not a day');
  });

  test('the same seed and day give the same bytes, another seed others', async () => {
    const texts = await Promise.all([{ seed: 3 }, { seed: 3 }, { seed: 4 }].map(wholeDataset));
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toBe(texts[2]);
  });

  test('a million subscriptions answer a page and one row without being built', async () => {
    const sandbox = await opened({ scale: 1_000_000 });
    const api = await visitor(sandbox, 'interworks');
    const before = process.memoryUsage().heapUsed;
    const page = await api.get<{ data: { id: string }[]; pagination: { totalItems: number } }>(
      '/api/subscriptions?page=2000&size=50',
    );
    expect(page.pagination.totalItems).toBeGreaterThan(150_000);
    expect(page.data).toHaveLength(50);
    const { id } = given(page.data[0]);
    expect((await api.get<{ id: string }>(`/api/subscriptions/${id}`)).id).toBe(id);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60_000_000);
  });

  test('stopping closes keep-alive connections', async () => {
    const sandbox = await startSandbox({ scale: 10 });
    const origin = given(sandbox.origins.cloudmore);
    await (await fetch(`${origin}/api/healthcheck`)).text();
    await sandbox.stop();
    await expect(fetch(`${origin}/api/healthcheck`)).rejects.toThrow();
  });
});

describe('the embedded sandbox', () => {
  test('runs in its own thread, accepts faults and stops', async () => {
    const sandbox = await startEmbeddedSandbox({ scale: 50 });
    const health = `${sandbox.origins.cloudmore}/api/healthcheck`;
    expect((await fetch(health)).status).toBe(200);
    await sandbox.addFaults([{ vendor: 'cloudmore', do: 'status', status: 500 }]);
    expect((await fetch(health)).status).toBe(500);
    await sandbox.stop();
    await expect(fetch(health)).rejects.toThrow();
    await sandbox.stop();
  });

  test('reports why it could not start', async () => {
    await expect(startEmbeddedSandbox({ today: 'tomorrow' })).rejects.toThrow('is not a day');
  });
});

async function wholeDataset(options: { readonly seed: number }): Promise<string> {
  const sandbox = await opened({ scale: 400, ...options });
  const seller = await visitor(sandbox, 'cloudmore-seller');
  const reseller = await visitor(sandbox, 'interworks');
  const cloudmore = await seller.call('GET', `/api/sellers/${seller.settings.sellerId}/subscriptions`);
  const interworks = await reseller.call('GET', '/api/subscriptions?size=1000');
  const whole = JSON.stringify([cloudmore.body, interworks.body]);
  expect(whole.length).toBeGreaterThan(100_000);
  return whole;
}
