import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../src/app/clock.ts';
import { teamSession } from '../../src/app/team-session.ts';
import { storeWaits } from '../../src/postgres/store-waits.ts';

test('a store that takes connections and says nothing is waited for once', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const deps = {
    keychain: async () => ({ state: 'missing' }) as const,
    environment: new Map([['SUBDECK_TEAM_PASSWORD', 'p']]),
    env: {},
    offline: () => null,
    waits: storeWaits(systemClock),
  };
  const team = { url: `postgres://anna@127.0.0.1:${port}/subdeck`, as: 'anna' };
  const asked = vi.fn();
  const session = teamSession(deps, team, { onViewer: () => undefined, listens: false, heard: { asked } });
  onTestFinished(() => session.close());
  // On a busy machine, loading code takes a second by itself.
  await Promise.all([import('../../src/postgres/database.ts'), import('../../src/team/check-store.ts')]);
  const ask = async () => {
    const from = performance.now();
    const error = await session.database.query('SELECT 1').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ fault: { kind: 'unreachable' }, outcome: 'not-sent' });
    return performance.now() - from;
  };
  expect(await ask()).toBeLessThan(3_000);
  // As a command does that looks at several things.
  expect((await ask()) + (await ask())).toBeLessThan(500);
  expect(asked.mock.calls.map(([fault]) => fault.kind)).toEqual(['unreachable', 'unreachable', 'unreachable']);
});
