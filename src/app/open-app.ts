import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { proxySetting } from '../api/http/proxy-setting.ts';
import { vendors as registered } from '../api/registry.ts';
import type { CallRecord, WaitNotice } from '../api/setup.ts';
import { type Vendors, vendorIn } from '../api/vendor-kind.ts';
import type { Context, Mode } from '../commands/context.ts';
import { isSwitchedOn, readSettings } from '../config/settings-file.ts';
import type { OutOfDate } from '../journal/journal.ts';
import { type LastHeard, lastHeardIn } from '../journal/postgres/last-heard.ts';
import { openTeamJournal } from '../journal/postgres/open-team-journal.ts';
import { withPrivateJournal } from '../journal/postgres/with-private-journal.ts';
import { openJournal } from '../journal/sqlite/open-journal.ts';
import { untilTeamJoined } from '../journal/until-team-joined.ts';
import { setAmbiguousWidth } from '../model/ambiguous-width.ts';
import type { Clock } from '../model/clock.ts';
import { secretsVariable } from '../model/connection-name.ts';
import { FaultError } from '../model/fault.ts';
import { lazily } from '../model/lazily.ts';
import { noOpenPlans } from '../model/open-plans.ts';
import { originsIn } from '../model/setting-check.ts';
import type { Settings } from '../model/settings.ts';
import type { StoreWait } from '../model/store-wait.ts';
import type { VendorId } from '../model/vendor.ts';
import { storeWaits } from '../postgres/store-waits.ts';
import { openCache } from '../query/open-cache.ts';
import { digestSecret } from '../secrets/digest-secret.ts';
import { environmentAddresses } from '../secrets/environment-addresses.ts';
import type { EnvironmentSecrets } from '../secrets/from-environment.ts';
import { homeKeychain } from '../secrets/home-keychain.ts';
import { systemKeychain } from '../secrets/keychain.ts';
import { keychainNotes } from '../secrets/keychain-notes.ts';
import { secretStore } from '../secrets/secret-store.ts';
import { tokenShare } from '../secrets/token-share.ts';
import { createSyncScheduler } from '../sync/sync-scheduler.ts';
import { writePagesBeside } from '../sync/threaded-page-writer.ts';
import { fileLock } from '../system/file-lock.ts';
import { networkFileSystem } from '../system/network-file-system.ts';
import { commit, version } from '../version.ts';
import { createArming } from '../writes/arming.ts';
import { createProposals } from '../writes/bulk/proposals.ts';
import { createWrites } from '../writes/create-writes.ts';
import { deniedByMode } from '../writes/denied.ts';
import { keyDigester } from '../writes/key-digester.ts';
import { assistantCallLog } from './assistant-call-log.ts';
import { changeTeam } from './change-connection.ts';
import { changeFile } from './change-file.ts';
import { systemClock } from './clock.ts';
import { declarationsOf, setupOf } from './connection-setup.ts';
import { connectionsOf } from './connections.ts';
import { joinedSince } from './joined-since.ts';
import type { StoreDeps } from './open-store.ts';
import type { AppPaths } from './paths.ts';
import { createRecentCalls } from './recent-calls.ts';
import { rememberedFile } from './remembered-file.ts';
import { startPageWriter } from './start-page-writer.ts';
import { teamOf } from './team.ts';
import { teamAuthor, teamCopyPath } from './team-journal.ts';
import { teamReads } from './team-reads.ts';
import { teamSession } from './team-session.ts';

export interface AppOptions {
  readonly paths: AppPaths;
  /** The secrets taken out of the environment at the start. */
  readonly secrets: EnvironmentSecrets;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the flags set; the environment and the settings can only add restrictions. */
  readonly offline: boolean;
  readonly readOnly: boolean;
  readonly onCall: ((call: CallRecord) => void) | null;
  /** Told of waits, beside the list of calls. */
  readonly onWait?: (wait: WaitNotice) => void;
  /** Told, once each time, that the team's store does not answer while something waits for it. */
  readonly onStoreWait?: (wait: StoreWait) => void;
  /**
   * For a console: rows written by other processes appear when it refreshes its snapshot, not in the middle of a key.
   */
  readonly holdsSnapshot?: boolean;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default: every registered one. */
  readonly vendors?: Vendors;
}

export interface App {
  readonly context: Context;
  /** What is wrong with the cache, in a sentence, or null. Opens nothing. */
  notice(): string | null;
  /** Why what was shown of the team's store is not up to date, and since when; null: it is, as far as is known. Asks nothing. */
  outOfDate(): OutOfDate | null;
  /** Closes what was opened. */
  close(): void;
  /** After `close`: resolves when the team's store knows that this process ended and has what it read, or does not answer. */
  left(): Promise<void>;
}

/** Longer than a sign-in and its one retry take, in milliseconds. */
const signInTakes = 65_000;

/** Nobody who has left waits longer for the team's store, in milliseconds. */
const leavingTakes = 2_000;

/** The composition root: builds all parts. Nothing is read, opened or called before its first use. */
export function openApp(options: AppOptions): App {
  const { paths, secrets: environment, env, offline, readOnly, onCall, holdsSnapshot: holdsCache = false } = options;
  const { clock = systemClock, vendors = registered } = options;
  const declarations = declarationsOf(vendors);
  const settings = lazily((): { current: Settings } => {
    const current = readSettings(paths.settings, declarations);
    setAmbiguousWidth(current.theme.ambiguous ?? 'narrow');
    return { current };
  });
  const mode = lazily((): { -readonly [Key in keyof Mode]: Mode[Key] } => ({
    offline: offline || isSwitchedOn(env.SUBDECK_OFFLINE) || settings.get().current.offline,
    readOnly: readOnly || isSwitchedOn(env.SUBDECK_READ_ONLY) || settings.get().current.readOnly,
  }));
  const keychain = homeKeychain(systemKeychain, paths.home);
  const addresses = environmentAddresses(paths.environmentAddresses, (path, how) => changeFile(path, how, clock));
  const secrets = secretStore({
    keychain,
    environment,
    notes: keychainNotes(paths.keychainNotes, (path, how) => changeFile(path, how, clock)),
    clock,
  });
  const liveMode: Mode = {
    get offline() {
      return mode.get().offline;
    },
    get readOnly() {
      return mode.get().readOnly;
    },
  };
  const arming = createArming(clock, () => settings.get().current.armMinutes);
  const calls = createRecentCalls(clock);
  const connections = connectionsOf({
    vendors,
    settings: () => settings.get().current,
    secretsOf: async (name, origins) => {
      const found = await secrets.of(name, origins);
      return environment.has(secretsVariable(name)) ? addresses.demand(name, found, origins) : found;
    },
    secretsIn: (name) => (environment.has(secretsVariable(name)) ? 'environment' : 'keychain'),
    // With its secrets in the environment, the connection does not use the keychain.
    tokensOf: (name, values) =>
      environment.has(secretsVariable(name))
        ? null
        : tokenShare({
            keychain,
            connection: name,
            settings: values,
            now: clock.instant,
            lock: () => fileLock(join(dirname(paths.journal), `${name}.lock`), clock).take(signInTakes),
          }),
    offline: () => (liveMode.offline ? deniedByMode({ offline: true, readOnly: false }) : null),
    sharedLimitsOf: (account) => reads.get()?.limitsOf(account) ?? null,
    writesDenied: (name) => (deniedByMode(liveMode) ?? arming.denied(name))?.message ?? null,
    clock,
    listeners: {
      onContact: calls.onContact,
      onWait: (wait) => {
        calls.onWait(wait);
        options.onWait?.(wait);
      },
      onToken: calls.onToken,
      onCall: (call) => {
        calls.onCall(call);
        onCall?.(call);
      },
    },
  });
  const impliedOf = (name: string, vendor: VendorId) =>
    vendorIn(vendors, vendor).impliedLevels(settings.get().current.connections[name]?.values ?? {});
  const declare = (cache: ReturnType<typeof openCache>) =>
    cache.declareConnections(
      connections.list.map(({ name, title, vendor, account }) => {
        return { name, title, vendor, account, impliedLevels: impliedOf(name, vendor) };
      }),
    );
  const reader = lazily(() => {
    const opened = openCache(paths.cache, {
      clock,
      holds: holdsCache,
      onKept: (...row) => void reads.get()?.sync.kept(...row),
    });
    declare(opened);
    return opened;
  });
  const waits = storeWaits(clock, options.onStoreWait);
  const store: StoreDeps = {
    ...{ keychain, environment, env, waits },
    offline: () => (liveMode.offline ? deniedByMode({ offline: true, readOnly: false }) : null),
  };
  /** Null: there is no team, or its URL cannot be read, which whatever uses the store says. */
  const heard = lazily((): LastHeard | null => {
    const { team } = settings.get().current;
    try {
      return team === null ? null : lastHeardIn(teamCopyPath(paths.journal, team), clock);
    } catch (error) {
      if (error instanceof FaultError) return null;
      throw error;
    }
  });
  const session = lazily(() => {
    const { team } = settings.get().current;
    if (team === null) return null;
    return teamSession(store, team, {
      heard: heard.get(),
      listens: holdsCache,
      onViewer: (reason) => {
        mode.get().readOnly = reason;
      },
    });
  });
  const reads = lazily(() => {
    const own = session.get();
    if (own === null) return null;
    return teamReads({
      session: own,
      clock,
      cache: () => reader.get(),
      writer: () => pageWriter.get(),
      places: () =>
        connections.list.map(({ name, title, vendor, account, view }) => {
          return { connection: name, title, vendor, account, view, impliedLevels: impliedOf(name, vendor) };
        }),
    });
  });
  const journal = lazily(() => {
    const own = openJournal(paths.journal, { clock });
    const [{ team }, member, last] = [settings.get().current, session.get(), heard.get()];
    if (team === null || member === null) return untilTeamJoined(own, joinedSince(paths.settings));
    const shared = openTeamJournal({
      ...{ database: member.database, hints: member.hints, begin: member.membership, clock, waits },
      ...{ path: `${teamCopyPath(paths.journal, team)}.db`, author: teamAuthor(team) },
      ...(last !== null && { heard: last }),
    });
    return withPrivateJournal(shared, own);
  });
  const proposals = createProposals(paths.proposals, () => journal.get());
  const pageWriter = lazily(() => writePagesBeside(reader.get(), () => startPageWriter(paths.cache)));
  const sync = lazily(() => {
    const shared = reads.get();
    if (holdsCache) shared?.follow();
    return createSyncScheduler({
      ...(shared !== null && { shared: shared.sync }),
      cache: reader.get(),
      clock,
      freshFor: settings.get().current.freshFor,
      totals: calls.totals,
      vendorOf: connections.vendor,
      pageWriter: pageWriter.get(),
    });
  });
  const digester = lazily(async () => {
    // Without a keychain secret, keys are compared with a secret of this process.
    return keyDigester((await digestSecret(systemKeychain)) ?? randomBytes(32));
  });
  const writes = lazily(() =>
    createWrites({
      journal: journal.get(),
      cache: reader.get(),
      connections,
      vendorOf: connections.vendor,
      clock,
      mode: liveMode,
      by: journal.get().author,
      arming,
      digester: () => digester.get(),
    }),
  );
  const setup = lazily(() =>
    setupOf({
      vendors,
      origins: (name) => {
        const connection = settings.get().current.connections[name];
        return connection === undefined ? [] : originsIn(connection.values, declarations.get(connection.vendor) ?? []);
      },
      settingsPath: paths.settings,
      clock,
      secrets,
      environment,
      addresses,
      forget: (name) => reader.get().forget(name),
      changed: (changed) => {
        settings.get().current = changed;
        if (reader.made()) declare(reader.get());
      },
    }),
  );

  const team = teamOf({
    current: () => settings.get().current.team,
    change: async (changed) => {
      settings.get().current = await changeTeam({ path: paths.settings, declarations, clock }, changed);
    },
    connections: () =>
      connections.list.map(({ name, vendor, account, view }) => {
        return { name, vendor, account, view, settings: settings.get().current.connections[name]?.values ?? {} };
      }),
    silence: () => (session.made() ? (session.get()?.silence() ?? null) : null),
    ...store,
    clock,
  });

  /** What is read from the cache alone needs no store, and asks none: what is known of it is said. */
  const rowsOutOfDate = (): OutOfDate | null => {
    const last = reader.made() ? heard.get() : null;
    const fault = last?.away() ?? null;
    return last === null || fault === null ? null : { since: last.at(), fault };
  };

  let left: Promise<void> = Promise.resolve();
  const leave = async () => {
    if (!session.made()) return;
    const told = (reads.made() ? reads.get()?.close() : undefined) ?? Promise.resolve();
    const closed = told.then(() => session.get()?.close());
    // One that does not answer is told nothing: the lease ends by itself.
    if (session.get()?.silence() === null) await Promise.race([closed, clock.wait(leavingTakes)]);
  };

  return {
    context: {
      clock,
      paths,
      get surroundings() {
        return { version, commit, proxy: proxySetting(process.env) };
      },
      networkFileSystem,
      team,
      proposals,
      get openPlans() {
        return reads.get()?.plans ?? noOpenPlans;
      },
      assistantCalls: assistantCallLog(paths.assistantLog, clock),
      remembered: rememberedFile(join(dirname(paths.journal), 'remembered.json'), clock),
      connections,
      calls,
      mode: liveMode,
      setMode: (change) => void Object.assign(mode.get(), change),
      get settings() {
        return settings.get().current;
      },
      get cache() {
        return reader.get();
      },
      get journal() {
        return journal.get();
      },
      get sync() {
        return sync.get();
      },
      get writes() {
        return writes.get();
      },
      get setup() {
        return setup.get();
      },
    },
    left: () => left,
    notice: () => (reader.made() ? reader.get().notice : null),
    outOfDate: () => {
      // A command that reads neither needs no settings. Offline, that is wanted.
      if (!(journal.made() || reader.made()) || liveMode.offline) return null;
      return (journal.made() ? journal.get().outOfDate() : null) ?? rowsOutOfDate();
    },
    close: () => {
      waits.close();
      if (writes.made()) writes.get().follower.stop();
      // Following the team's store ends before the writer of its rows is closed.
      left = leave();
      if (pageWriter.made()) pageWriter.get().close();
      if (journal.made()) journal.get().dispose();
      if (reader.made()) reader.get().close();
    },
  };
}
