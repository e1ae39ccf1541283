import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { vendors } from '../api/registry.ts';
import type { CallRecord } from '../api/setup.ts';
import type { Context, Mode } from '../commands/context.ts';
import { replaceFile } from '../config/private-file.ts';
import { isSwitchedOn, readSettings } from '../config/settings-file.ts';
import { osUser } from '../journal/os-user.ts';
import { openJournal } from '../journal/sqlite/open-journal.ts';
import type { Clock } from '../model/clock.ts';
import { secretsVariable } from '../model/connection-name.ts';
import { lazily } from '../model/lazily.ts';
import { originsIn } from '../model/setting-check.ts';
import type { Settings } from '../model/settings.ts';
import { openCache } from '../query/open-cache.ts';
import { digestSecret } from '../secrets/digest-secret.ts';
import type { EnvironmentSecrets } from '../secrets/from-environment.ts';
import { systemKeychain } from '../secrets/keychain.ts';
import { keychainNotes } from '../secrets/keychain-notes.ts';
import { secretStore } from '../secrets/secret-store.ts';
import { tokenShare } from '../secrets/token-share.ts';
import { createSyncs } from '../sync/sync-scheduler.ts';
import { keepBeside } from '../sync/threaded-page-writer.ts';
import { createArming } from '../writes/arming.ts';
import { createWishes } from '../writes/create-writes.ts';
import { deniedByMode } from '../writes/denied.ts';
import { keyDigester } from '../writes/key-digester.ts';
import { systemClock } from './clock.ts';
import { declarations, setupOf } from './connection-setup.ts';
import { connectionsOf } from './connections.ts';
import { fileLock } from './file-lock.ts';
import type { Places } from './paths.ts';
import { createCallRing } from './recent-calls.ts';
import { rememberedFile } from './remembered-file.ts';
import { startKeeperThread } from './start-page-writer.ts';

export interface WorldOptions {
  readonly places: Places;
  /** The secrets that were taken out of the environment at the start. */
  readonly secrets: EnvironmentSecrets;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the flags ask for; the environment and the settings can only ask for more. */
  readonly offline: boolean;
  readonly readOnly: boolean;
  readonly onCall: ((call: CallRecord) => void) | null;
  /** For a console: what others write to the cache counts when it catches up, not in the middle of a key. */
  readonly holdsBook?: boolean;
  /** Absent: the system's. */
  readonly clock?: Clock;
}

export interface World {
  readonly context: Context;
  /** What is odd about the cache, in a sentence, or null. Opens nothing. */
  notice(): string | null;
  /** Closes what was opened. */
  close(): void;
}

/** Longer than a sign-in and its one repetition may take, in milliseconds. */
const signInTakes = 65_000;

/** The one place that builds things and hands them out. Nothing is read, opened or asked before its first use. */
export function openWorld(options: WorldOptions): World {
  const { places, secrets: environment, env, offline, readOnly, onCall, holdsBook = false } = options;
  const { clock = systemClock } = options;
  const settings = lazily((): { current: Settings } => ({ current: readSettings(places.settings, declarations) }));
  const mode = lazily((): { -readonly [Key in keyof Mode]: Mode[Key] } => ({
    offline: offline || isSwitchedOn(env.SUBDECK_OFFLINE) || settings.get().current.offline,
    readOnly: readOnly || isSwitchedOn(env.SUBDECK_READ_ONLY) || settings.get().current.readOnly,
  }));
  const secrets = secretStore({
    keychain: systemKeychain,
    environment,
    notes: keychainNotes(places.keychainNotes, replaceFile),
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
  const calls = createCallRing(clock);
  const connections = connectionsOf({
    settings: () => settings.get().current,
    secretsOf: (name, origins) => secrets.of(name, origins),
    // Secrets from the environment say that the keychain is not to be used for this connection.
    tokensOf: (name, values) =>
      environment.has(secretsVariable(name))
        ? null
        : tokenShare({
            keychain: systemKeychain,
            connection: name,
            settings: values,
            now: clock.instant,
            lock: () => fileLock(join(dirname(places.journal), `${name}.lock`), clock).take(signInTakes),
          }),
    offline: () => (liveMode.offline ? deniedByMode({ offline: true, readOnly: false }) : null),
    writesDenied: (name) => (deniedByMode(liveMode) ?? arming.denied(name))?.message ?? null,
    clock,
    listeners: {
      onWait: calls.onWait,
      onToken: calls.onToken,
      onCall: (call) => {
        calls.onCall(call);
        onCall?.(call);
      },
    },
  });
  const declare = (book: ReturnType<typeof openCache>) =>
    book.declareConnections(
      connections.list.map(({ name, title, vendor, account }) => {
        const values = settings.get().current.connections[name]?.values ?? {};
        return { name, title, vendor, account, impliedLevels: vendors[vendor]?.impliedLevels(values) ?? [] };
      }),
    );
  const book = lazily(() => {
    const opened = openCache(places.cache, { clock, holds: holdsBook });
    declare(opened);
    return opened;
  });
  const journal = lazily(() => openJournal(places.journal, { clock }));
  const keeper = lazily(() => keepBeside(book.get(), () => startKeeperThread(places.cache)));
  const sync = lazily(() =>
    createSyncs({ book: book.get(), clock, vendorOf: connections.vendor, keeper: keeper.get() }),
  );
  const digester = lazily(async () => {
    // Where no keychain keeps the secret, only this process can tell keys apart by it.
    return keyDigester((await digestSecret(systemKeychain)) ?? randomBytes(32));
  });
  const wishes = lazily(() =>
    createWishes({
      journal: journal.get(),
      book: book.get(),
      connections,
      vendorOf: connections.vendor,
      clock,
      mode: liveMode,
      by: osUser(),
      arming,
      digester: () => digester.get(),
    }),
  );
  const setup = lazily(() =>
    setupOf({
      origins: (name) => {
        const connection = settings.get().current.connections[name];
        return connection === undefined ? [] : originsIn(connection.values, declarations[connection.vendor]);
      },
      settingsPath: places.settings,
      secrets,
      environment,
      forget: (name) => book.get().forget(name),
      changed: (changed) => {
        settings.get().current = changed;
        if (book.made()) declare(book.get());
      },
    }),
  );

  return {
    context: {
      clock,
      places,
      remembered: rememberedFile(join(dirname(places.journal), 'remembered.json')),
      connections,
      calls,
      mode: liveMode,
      setMode: (change) => void Object.assign(mode.get(), change),
      get settings() {
        return settings.get().current;
      },
      get book() {
        return book.get();
      },
      get journal() {
        return journal.get();
      },
      get sync() {
        return sync.get();
      },
      get wishes() {
        return wishes.get();
      },
      get setup() {
        return setup.get();
      },
    },
    notice: () => (book.made() ? book.get().notice : null),
    close: () => {
      if (wishes.made()) wishes.get().follower.stop();
      if (keeper.made()) keeper.get().close();
      if (journal.made()) journal.get().dispose();
      if (book.made()) book.get().close();
    },
  };
}
