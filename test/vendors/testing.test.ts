import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vendors } from '../../src/api/registry.ts';
import { type Home, openHome } from './home.ts';

/** Connections of the sandbox with one wrong id each, by the setting that is wrong. */
const wrong = new Map<string, string>();
let home: Home;
beforeAll(async () => {
  home = await openHome({
    sandbox: { scale: 60 },
    connections: (found) =>
      Object.fromEntries(
        found.flatMap(({ name, vendor, settings, secrets }) =>
          (vendors.get(vendor)?.settings ?? [])
            .filter((one) => one.kind === 'id' && settings[one.name] !== undefined)
            .map((one) => {
              const other = `${name}-${one.name.toLowerCase()}`;
              wrong.set(other, one.name);
              return [other, { vendor, settings: { ...settings, [one.name]: 'no-such.example' }, secrets }];
            }),
        ),
      ),
  });
});
afterAll(() => home.close());

describe('[fault 135] connection test', () => {
  it('reports the sign-in, what it read, and what the connection can and cannot do', async () => {
    for (const { name, vendor } of home.sandbox.connections) {
      const { code, json } = await home.words('connection', 'test', name, '--json');
      const said = json<Record<string, unknown> & { rows: number; can: string[]; cannot: object[] }>();
      expect({ code, ...said }).toMatchObject({ code: 0, name, vendor, ok: true, signedIn: true });
      expect(said.rows).toBeGreaterThan(0);
      expect(said.can).toContain('read all subscriptions');
      expect(said.can.length + said.cannot.length).toBeGreaterThan(15);
    }
    const { stdout } = await home.words('connection', 'test', 'vmware');
    expect(stdout).toMatch(/Signed in .*yes/);
    expect(stdout).toMatch(/Read .*\d+ rows? on the first page/);
    expect(stdout).toContain('Cannot');
  });

  it('names the setting with a wrong id, at every vendor that has one', async () => {
    expect(new Set(wrong.values())).toEqual(new Set(['sellerId', 'resellerId', 'orgId', 'tenant']));
    for (const [name, setting] of wrong) {
      const { code, stderr } = await home.words('connection', 'test', name);
      expect([3, 5, 6], stderr).toContain(code);
      expect(stderr, name).toContain(`setting ${setting}`);
    }
  });

  it('names missing and misspelt secrets and the variable that contains them', async () => {
    const { secrets } = home.sandbox.connections.find(({ name }) => name === 'vmware') ?? { secrets: { apiToken: '' } };
    home.give('vmware', { apiTokn: String(secrets.apiToken) });
    const { code, stderr } = await home.words('connection', 'test', 'vmware');
    expect(code).toBe(4);
    expect(stderr).toContain(
      'The secrets of vmware do not contain apiToken; VMware Cloud Partner Navigator has no secret apiTokn.',
    );
    expect(stderr).toContain('Set SUBDECK_SECRETS_VMWARE to the right secrets');
    expect(stderr).not.toContain('connection set');
    home.give('vmware', secrets);
  });
});
