import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { can, type Vendor } from '../../src/api/contract.ts';
import { vendorIn } from '../../src/api/vendor-kind.ts';
import { systemClock } from '../../src/app/clock.ts';
import { missingFrom, mistakesIn } from '../../src/model/setting-check.ts';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/start.ts';
import { testSetup } from '../api/fixtures/setup.ts';
import { sandboxVendorsAndAcme, vendorsAndAcme } from '../vendors/acme/registered.ts';
import { given } from './running.ts';

const start = (scale: number) => startSandbox({ scale }, undefined, sandboxVendorsAndAcme);

let sandbox: RunningSandbox;
let empty: RunningSandbox;
beforeAll(async () => {
  [sandbox, empty] = await Promise.all([start(300), start(0)]);
});
afterAll(() => Promise.all([sandbox.stop(), empty.stop()]));

/** An adapter on the vendor's first connection; each has its own token. */
function connected(of: RunningSandbox, id: string): Vendor | Promise<Vendor> {
  const { settings, secrets } = given(of.connections.find(({ vendor }) => vendor === id));
  return vendorIn(vendorsAndAcme, id).create({
    ...testSetup({ settings, secrets: async () => secrets }),
    clock: systemClock,
  });
}

async function idsOf({ abilities: { sync } }: Vendor): Promise<readonly string[]> {
  if (!can(sync)) throw new Error('The vendor cannot sync.');
  const ids: string[] = [];
  for await (const { rows } of sync({})) ids.push(...rows.map(({ subscription }) => subscription.id));
  return ids;
}

test('every adapter has a sandbox and every sandbox an adapter', () => {
  expect(sandboxVendorsAndAcme.map(({ id }) => id)).toEqual([...vendorsAndAcme.keys()]);
});

describe.each(sandboxVendorsAndAcme.map(({ id }) => id))('the sandbox of %s', (id) => {
  test('its connections have complete and valid settings', () => {
    const own = sandbox.connections.filter(({ vendor }) => vendor === id);
    expect(own.length).toBeGreaterThan(0);
    const { settings: declared } = vendorIn(vendorsAndAcme, id);
    for (const { settings, secrets } of own) {
      expect(mistakesIn(settings, declared)).toEqual([]);
      expect(missingFrom({ ...settings, ...secrets }, declared)).toEqual([]);
    }
  });

  test('returns the same rows every time, and none if it is empty', async () => {
    const vendor = await connected(sandbox, id);
    const ids = await idsOf(vendor);
    expect(ids.length).toBeGreaterThan(5);
    expect(await idsOf(vendor)).toEqual(ids);
    expect(await idsOf(await connected(empty, id))).toEqual([]);
  });

  test('logs the requests it served under its own name', async () => {
    await idsOf(await connected(sandbox, id));
    const log = await (await fetch(`${sandbox.origins[id]}/_sandbox/requests`)).text();
    const lines = log.split('\n').filter((line) => line !== '');
    expect(new Set(lines.map((line) => JSON.parse(line).vendor))).toEqual(new Set([id]));
  });

  test('refuses a revoked token and issues another', async () => {
    const vendor = await connected(empty, id);
    await idsOf(vendor);
    await empty.addFaults([{ vendor: id, do: 'revoke', nth: 1 }]);
    expect(await idsOf(vendor)).toEqual([]);
  });

  test('answers an ordered status in the vendor’s format', async () => {
    const url = `${empty.origins[id]}/nowhere`;
    await empty.addFaults([{ vendor: id, path: '/nowhere', do: 'status', status: 503 }]);
    const [answer, own] = [
      await fetch(url),
      given(sandboxVendorsAndAcme.find((one) => one.id === id)).errorAnswer(503),
    ];
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, own.headers.get('content-type')]);
  });
});
