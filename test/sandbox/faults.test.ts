import { describe, expect, test } from 'vitest';
import type { FaultOrder } from '../../src/sandbox/start.ts';
import type { SandboxClock } from '../../src/sandbox/time.ts';
import { given, served } from './running.ts';
import { heldClock, opened, type Visitor, visitor } from './visitor.ts';

interface Row {
  readonly id: string;
  readonly quantity: number;
  readonly status: string;
}

/** A client of interworks, an active subscription, and the path that cancels it, with one fault for that path. */
async function orderedFor(order: Omit<FaultOrder, 'vendor' | 'path'>, clock?: SandboxClock) {
  const sandbox = await opened({}, clock);
  const api = await visitor(sandbox, 'interworks');
  const page = await api.get<{ data: Row[] }>("/api/subscriptions?$filter=status eq 'Active'&size=1");
  const row = given(page.data[0]);
  const path = `/api/subscriptions/${row.id}/cancel`;
  await sandbox.addFaults([{ vendor: 'interworks', path, ...order }]);
  const status = async () => (await api.get<Row>(`/api/subscriptions/${row.id}`)).status;
  return { sandbox, api, path, status };
}

async function lastServed(api: Visitor) {
  return (await served(api.origin)).at(-1);
}

describe('injected faults', () => {
  test('drop-before: the connection is cut and nothing was done', async () => {
    const { api, path, status } = await orderedFor({ do: 'drop-before' });
    await expect(api.call('POST', path)).rejects.toThrow();
    expect(await lastServed(api)).toMatchObject({ path, status: 0 });
    expect(await status()).toBe('Active');
  });

  test('drop-after: the connection is cut and it was done', async () => {
    const { api, path, status } = await orderedFor({ do: 'drop-after' });
    await expect(api.call('POST', path)).rejects.toThrow();
    expect(await lastServed(api)).toMatchObject({ path, status: 0 });
    expect(await status()).toBe('Cancelled');
  });

  test('status: the answer is in the vendor’s own words and nothing was done', async () => {
    const { api, path, status } = await orderedFor({ do: 'status', status: 500 });
    const answer = await api.call('POST', path);
    expect(answer.status).toBe(500);
    expect(answer.body).toMatchObject({ Type: 'InternalServerError' });
    expect(await status()).toBe('Active');
  });

  test('no-effect: the answer is that of a cancellation and nothing was done', async () => {
    const { api, path, status } = await orderedFor({ do: 'no-effect', nth: 1 });
    expect(await api.call('POST', path)).toMatchObject({ status: 200, body: { status: 'Cancelled' } });
    expect(await lastServed(api)).toMatchObject({ path, status: 200 });
    expect(await status()).toBe('Active');
    expect((await api.call('POST', path)).status).toBe(200);
    expect(await status()).toBe('Cancelled');
  });

  test('no-effect with a body: the answer is that body and nothing was done', async () => {
    const { api, path, status } = await orderedFor({ do: 'no-effect', body: { success: false } });
    expect(await api.call('POST', path)).toMatchObject({ status: 200, body: { success: false } });
    expect(await status()).toBe('Active');
  });

  test('no-effect: a call the vendor refuses is still refused', async () => {
    const { api, path } = await orderedFor({ do: 'no-effect', nth: 2 });
    await api.call('POST', path);
    expect((await api.call('POST', path)).status).toBe(400);
  });

  test('lag: the change is done that many milliseconds after its answer', async () => {
    const clock = heldClock(Date.now());
    const { api, path, status } = await orderedFor({ do: 'lag', nth: 1, milliseconds: 5000 }, clock);
    expect(await api.call('POST', path)).toMatchObject({ status: 200, body: { status: 'Cancelled' } });
    clock.advance(4999);
    expect(await status()).toBe('Active');
    clock.advance(1);
    expect(await status()).toBe('Cancelled');
  });

  test('other-effect: the answer reports success, and something else is done', async () => {
    const { sandbox, api, path, status } = await orderedFor({ do: 'delay', milliseconds: 0 });
    const page = await api.get<{ data: Row[] }>("/api/subscriptions?$filter=status eq 'Active'&size=2");
    const other = `/api/subscriptions/${given(page.data[1]).id}/cancel`;
    await sandbox.addFaults([{ path: other, do: 'other-effect', instead: { method: 'POST', path } }]);
    expect(await api.call('POST', other)).toMatchObject({ status: 200, body: { id: given(page.data[1]).id } });
    expect(await status()).toBe('Cancelled');
    expect((await api.get<Row>(`/api/subscriptions/${given(page.data[1]).id}`)).status).toBe('Active');
  });

  test('leave-out: a list lacks rows until cleared; its total can count them', async () => {
    const sandbox = await opened();
    const api = await visitor(sandbox, 'interworks');
    const list = () => api.get<{ data: Row[]; pagination: { totalItems: number } }>('/api/subscriptions?size=5');
    const whole = await list();
    const ids = [given(whole.data[2]).id];
    await sandbox.addFaults([{ vendor: 'interworks', do: 'leave-out', ids, uncounted: true }]);
    expect((await list()).data).toEqual(whole.data.filter(({ id }) => !ids.includes(id)));
    expect((await list()).pagination.totalItems).toBe(whole.pagination.totalItems - 1);
    expect((await api.get<Row>(`/api/subscriptions/${ids[0]}`)).id).toBe(ids[0]);
    await sandbox.clearFaults();
    await sandbox.addFaults([{ vendor: 'interworks', do: 'leave-out', keep: 2 }]);
    expect(await list()).toEqual({ ...whole, data: whole.data.slice(0, 2) });
    await fetch(`${api.origin}/_sandbox/faults`, { method: 'DELETE' });
    expect(await list()).toEqual(whole);
  });

  test('delay: the answer arrives complete, later', async () => {
    const { api, path, status } = await orderedFor({ do: 'delay', milliseconds: 1 });
    expect((await api.call('POST', path)).status).toBe(200);
    expect(await status()).toBe('Cancelled');
  });

  test('truncate: half the body arrives under the full length', async () => {
    const { api, path, status } = await orderedFor({ do: 'truncate' });
    const answer = await fetch(api.origin + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.token}` },
    });
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(100);
    await expect(answer.text()).rejects.toThrow();
    expect(await status()).toBe('Cancelled');
  });

  test('bad-json: a success status with an unparsable body', async () => {
    const { api, path, status } = await orderedFor({ do: 'bad-json' });
    const answer = await api.call('POST', path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('json');
    expect(typeof answer.body).toBe('string');
    expect(await status()).toBe('Cancelled');
  });

  test('drip: the answer arrives byte by byte and complete', async () => {
    const { api, path } = await orderedFor({ do: 'drip', milliseconds: 200 });
    const answer = await fetch(api.origin + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.token}` },
    });
    const pieces: number[] = [];
    for await (const piece of given(answer.body)) pieces.push(piece.length);
    expect(pieces[0]).toBe(1);
    expect(pieces.reduce((sum, length) => sum + length, 0)).toBe(Number(answer.headers.get('content-length')));
  });

  test('revoke: the token is invalid from then on, a new one works', async () => {
    const { sandbox, api, path } = await orderedFor({ do: 'revoke', nth: 1 });
    expect((await api.call('POST', path)).status).toBe(401);
    expect((await api.call('GET', '/api/accounts')).status).toBe(401);
    const again = await visitor(sandbox, 'interworks');
    expect((await again.call('POST', path)).status).toBe(200);
  });
});

describe('the requests that a fault matches', () => {
  test.each<[string, FaultOrder, number[]]>([
    ['every one without nth', { path: '/api/healthcheck', do: 'status', status: 418 }, [418, 418, 418]],
    ['the second one', { path: '/api/healthcheck', nth: 2, do: 'status', status: 418 }, [200, 418, 200]],
    ['a path in another case', { path: '/API/HealthCheck', nth: 1, do: 'status', status: 418 }, [418, 200, 200]],
    ['the beginning of a path', { path: '/api/h*', nth: 3, do: 'status', status: 418 }, [200, 200, 418]],
    ['any path', { method: 'get', nth: 1, do: 'status', status: 418 }, [418, 200, 200]],
    ['not another method', { method: 'POST', do: 'status', status: 418 }, [200, 200, 200]],
    ['not another path', { path: '/api/health', do: 'status', status: 418 }, [200, 200, 200]],
    ['not another vendor', { vendor: 'interworks', do: 'status', status: 418 }, [200, 200, 200]],
  ])('%s', async (_, order, expected) => {
    const { origins } = await opened({ faults: [order] });
    const statuses: number[] = [];
    for (let nth = 0; nth < 3; nth++) statuses.push((await fetch(`${origins.cloudmore}/api/healthcheck`)).status);
    expect(statuses).toEqual(expected);
  });

  test('faults can be added over HTTP, and only valid ones', async () => {
    const { origins } = await opened();
    const order = (body: string) => fetch(`${origins.cloudmore}/_sandbox/faults`, { method: 'POST', body });
    expect((await order('[{"do":"status","status":418,"nth":1}]')).status).toBe(204);
    expect((await order('[{"do":"explode"}]')).status).toBe(400);
    expect((await order('[{"do":"other-effect"}]')).status).toBe(400);
    expect((await order('[{"do":"leave-out","ids":[1]}]')).status).toBe(400);
    expect((await order('not json')).status).toBe(400);
    expect((await fetch(`${origins.interworks}/anything`)).status).toBe(418);
  });
});
