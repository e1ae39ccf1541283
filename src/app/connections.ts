import { accountFactOf } from '../api/account.ts';
import { connectionDeadlines } from '../api/connection-deadlines.ts';
import { can, type PortalPlace, type Vendor } from '../api/contract.ts';
import { type Credentials, signedOut } from '../api/http/read-fault.ts';
import { portalOf } from '../api/portal.ts';
import type { VendorSetup } from '../api/setup.ts';
import { chargingOf, type VendorKind, type Vendors, vendorIn } from '../api/vendor-kind.ts';
import type { ConnectionSummary, Connections, VendorAbilities } from '../commands/context.ts';
import type { AccountKey } from '../model/account.ts';
import type { Clock } from '../model/clock.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { missingFrom, originsIn, withDefaults } from '../model/setting-check.ts';
import type { ConnectionSettings, Secrets, Settings } from '../model/settings.ts';
import type { SharedLimits } from '../model/shared-limits.ts';
import { shellWord } from '../model/shell-word.ts';
import type { TokenShare } from '../model/token-share.ts';

interface ConnectionsDeps {
  readonly vendors: Vendors;
  settings(): Settings;
  /** `origins`: where the connection would send the secrets. */
  secretsOf(connection: string, origins: readonly string[]): Promise<Secrets>;
  /** How a connection with these settings shares its tokens with other processes; null where it does not. */
  tokensOf?(connection: string, settings: Readonly<Record<string, string>>): TokenShare | null;
  /** The calls of an account, counted together with those of a team; null: there is none. */
  sharedLimitsOf?(account: AccountKey): SharedLimits | null;
  /** Where the secrets of a connection come from. */
  secretsIn(connection: string): VendorSetup['secretsIn'];
  /** Why no network call is allowed, or null. */
  offline(): Fault | null;
  /** Why this connection refuses every write, as a sentence, or null. */
  writesDenied(connection: string): string | null;
  readonly clock: Clock;
  /** Receives every call, contact, wait and token. */
  readonly listeners: Pick<VendorSetup, 'onCall' | 'onContact' | 'onWait' | 'onToken'>;
}

/**
 * The connections of the settings. A connection's vendor is created at first use, and again when its settings change.
 */
export function connectionsOf(deps: ConnectionsDeps): Connections {
  const made = new Map<string, { readonly settings: object; readonly vendor: Promise<Vendor> }>();
  let listed: { readonly of: Settings['connections']; readonly list: readonly ConnectionSummary[] } | null = null;
  return {
    get list() {
      const { connections } = deps.settings();
      if (listed?.of !== connections) listed = { of: connections, list: summaries(deps.vendors, connections) };
      return listed.list;
    },
    whyNot: async (name, ability) => {
      const { abilities } = await declared(deps, name);
      const found = abilities[ability];
      return can(found) ? null : found;
    },
    declared: async (name) => declared(deps, name),
    probe: async (name, signal) => {
      const { vendor, values } = reachable(deps, name);
      const kind = vendorIn(deps.vendors, vendor);
      return kind.probe(await setupOf(deps, name, kind, values), signal);
    },
    vendor: async (name) => {
      const connection = reachable(deps, name);
      const before = made.get(name);
      if (before?.settings === connection) return before.vendor;
      const kind = vendorIn(deps.vendors, connection.vendor);
      const vendor = setupOf(deps, name, kind, connection.values).then((setup) => kind.create(setup));
      made.set(name, { settings: connection, vendor });
      vendor.catch(() => made.delete(name));
      return vendor;
    },
    abilityMatrix: () => abilitiesOf(deps),
  };
}

/** What each kind of connection can do, without a connection. */
export async function abilitiesOf(
  deps: Pick<ConnectionsDeps, 'vendors' | 'clock'>,
): Promise<readonly VendorAbilities[]> {
  const columns = [...deps.vendors.values()].flatMap((kind) =>
    kind.variants.map((variant) => ({ kind, variant, alone: kind.variants.length === 1 })),
  );
  return Promise.all(
    columns.map(async ({ kind, variant, alone }): Promise<VendorAbilities> => {
      const title = alone ? kind.title : `${kind.title} (${variant.title})`;
      const settings = withDefaults({ ...placeholdersOf(kind), ...variant.settings }, kind.settings);
      const vendor = await unableToCall(deps, kind, kind.id, settings);
      return {
        kind: title,
        vendor: kind.id,
        title: kind.title,
        variant: alone ? null : variant.title,
        abilities: vendor.abilities,
        notYet: kind.notYet,
      };
    }),
  );
}

/** Required settings that may be missing where only the abilities matter. */
function placeholdersOf({ settings }: VendorKind): Readonly<Record<string, string>> {
  const needed = settings.filter((setting) => setting.required && !('default' in setting));
  return Object.fromEntries(needed.map(({ name }) => [name, 'https://localhost']));
}

function declared(deps: ConnectionsDeps, name: string): Promise<Vendor> {
  const { vendor, values } = known(deps, name);
  const kind = vendorIn(deps.vendors, vendor);
  return unableToCall(deps, kind, name, withDefaults({ ...placeholdersOf(kind), ...values }, kind.settings));
}

/** A vendor for its abilities only: it has no secrets to sign in with. */
function unableToCall(
  { clock }: Pick<ConnectionsDeps, 'clock'>,
  kind: VendorKind,
  name: string,
  settings: Readonly<Record<string, string>>,
): Promise<Vendor> {
  const secrets = () => Promise.resolve({});
  return kind.create({ name, title: name, settings, secrets, secretsIn: 'keychain', clock, allowWrites: () => null });
}

function summaries(vendors: Vendors, connections: Settings['connections']): readonly ConnectionSummary[] {
  return Object.entries(connections).map(([name, { vendor, values }]) => {
    const kind = vendorIn(vendors, vendor);
    const settings = withDefaults(values, kind.settings);
    const deadlines = connectionDeadlines(kind.deadlines, kind.barred(settings));
    const productsBy = kind.productsBy(settings);
    const charging = chargingOf(kind, settings);
    const title = values.title ?? name;
    const portal = (place: PortalPlace) => portalOf(kind, settings, place);
    return { portal, name, title, vendor, ...accountFactOf(kind, values), deadlines, charging, productsBy };
  });
}

/** Throws `missing` faults. */
function known(deps: ConnectionsDeps, name: string): ConnectionSettings {
  const { connections } = deps.settings();
  const connection = Object.hasOwn(connections, name) ? connections[name] : undefined;
  if (!connection) throw fault('missing', `There is no connection "${name}".`, 'subdeck connection list shows them.');
  return connection;
}

/** Throws `missing` faults, and `denied` ones while the network is not allowed. */
function reachable(deps: ConnectionsDeps, name: string): ConnectionSettings {
  const connection = known(deps, name);
  const offline = deps.offline();
  if (offline) throw new FaultError({ ...offline, connection: name });
  return connection;
}

async function setupOf(
  deps: ConnectionsDeps,
  name: string,
  kind: VendorKind,
  values: Readonly<Record<string, string>>,
): Promise<VendorSetup> {
  let once: Promise<Secrets> | null = null;
  const secrets = () => {
    once ??= deps
      .secretsOf(name, originsIn(values, kind.settings))
      .then((given) => complete(given, kind, { connection: name, secretsIn: deps.secretsIn(name) }))
      .finally(() => {
        once = null;
      });
    return once;
  };
  const lacking = missingFrom(values, kind.settings).filter(({ secret }) => !secret);
  if (lacking.length && !('accessToken' in (await secrets()))) {
    const list = lacking.map((setting) => setting.name).join(', ');
    throw fault(
      'usage',
      `The connection ${name} has no ${list}.`,
      `Run subdeck connection set ${shellWord(name)} ${shellWord(lacking[0]?.name ?? '')}=…`,
      {
        connection: name,
      },
    );
  }
  const settings = withDefaults(values, kind.settings);
  const shareToken = deps.tokensOf?.(name, settings) ?? null;
  const sharedLimits = deps.sharedLimitsOf?.(accountFactOf(kind, values).account) ?? null;
  return {
    name,
    title: values.title ?? name,
    settings,
    secrets,
    secretsIn: deps.secretsIn(name),
    ...(shareToken === null ? {} : { shareToken }),
    ...(sharedLimits === null ? {} : { sharedLimits }),
    clock: deps.clock,
    allowWrites: () => deps.writesDenied(name),
    ...deps.listeners,
  };
}

/** Throws `signed-out` where a secret that the vendor needs is not among them, and names those that it does not know. */
function complete(given: Secrets, { title, settings }: VendorKind, who: Credentials): Secrets {
  const declared = settings.filter(({ secret }) => secret);
  const lacking = missingFrom(given, declared).map(({ name }) => name);
  if (lacking.length === 0 || 'accessToken' in given) return given;
  const strange = Object.keys(given).filter((name) => !declared.some((one) => one.name === name));
  const also = strange.length === 0 ? '' : `; ${title} has no secret ${strange.join(', ')}`;
  throw signedOut(who, `The secrets of ${who.connection} do not contain ${lacking.join(', ')}${also}.`);
}
