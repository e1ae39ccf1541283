import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type App, openApp } from '../../src/app/open-app.ts';
import { appPathsIn } from '../../src/app/paths.ts';
import { secretsVariable } from '../../src/model/connection-name.ts';
import type { RunningSandbox } from '../../src/sandbox/start.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { hasPostgres } from '../postgres/server.ts';
import { openHome } from '../vendors/home.ts';
import { member } from './members.ts';
import { newStore } from './store-fixture.ts';

/** A home whose connections to the sandbox have names of their own. */
function homeOf(sandbox: RunningSandbox, as: string, team: { readonly url: string } | null): App {
  const home = temporaryDirectory();
  const named = sandbox.connections.map((connection) => ({ ...connection, name: `${connection.name}-${as}` }));
  const connections = Object.fromEntries(named.map(({ name, vendor, settings }) => [name, { vendor, settings }]));
  const settings = { connections, ...(team && { team: { url: team.url, as } }) };
  writeFileSync(join(home, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
  const secrets = new Map(named.map(({ name, secrets: own }) => [secretsVariable(name), JSON.stringify(own)]));
  secrets.set('SUBDECK_TEAM_PASSWORD', `${as}-password`);
  const options = { secrets, env: {}, offline: false, readOnly: false, onCall: null };
  const app = openApp({ ...options, paths: appPathsIn(home) });
  onTestFinished(() => app.close());
  return app;
}

const counts = (rows: readonly { readonly id: string; readonly name: string }[]) =>
  rows.map(({ id, name }) => `${id} ${name}`).toSorted();

describe.runIf(hasPostgres())('ten members with homes of their own on one sandbox', () => {
  test('ask each vendor as often as one member, and have its rows', { timeout: 300_000 }, async () => {
    const store = await newStore();
    const home = await openHome({ sandbox: { scale: 100 } });
    onTestFinished(() => home.close());
    const { sandbox } = home;
    const alone = homeOf(sandbox, 'alone', null);
    const names = Array.from({ length: 10 }, (_, nth) => `desk-${nth}`);
    const team: App[] = [];
    for (const as of names) {
      await member(store, as);
      team.push(homeOf(sandbox, as, { url: store.server.url(store.name, as) }));
    }
    for (const { name, vendor } of sandbox.connections) {
      await home.served(vendor);
      await alone.context.sync.run(`${name}-alone`, {});
      const calls = (await home.served(vendor)).length;
      const ends = await Promise.all(team.map(({ context }, nth) => context.sync.run(`${name}-${names[nth]}`, {})));
      expect([name, (await home.served(vendor)).length]).toEqual([name, calls]);
      expect(ends.filter(({ fault }) => fault !== null)).toEqual([]);
      const rowsOf = ({ context }: App, of: string) =>
        counts([
          ...context.cache.eachSubscription({ scope: [], filter: [], search: null, sort: [], connections: [of] }),
        ]);
      const expected = rowsOf(alone, `${name}-alone`);
      expect(expected.length).toBeGreaterThan(0);
      for (const [nth, app] of team.entries()) expect(rowsOf(app, `${name}-${names[nth]}`)).toEqual(expected);
    }
  });
});
