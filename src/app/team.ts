import { hostname } from 'node:os';
import { osUser } from '../journal/os-user.ts';
import type { Clock } from '../model/clock.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import type { TeamSettings } from '../model/settings.ts';
import type { Database } from '../postgres/database.ts';
import { parseStoreUrl, type StoreUrl } from '../postgres/store-url.ts';
import { teamAccount } from '../secrets/accounts.ts';
import type { Keychain } from '../secrets/keychain.ts';
import { troubleSentences } from '../secrets/sentences.ts';
import { thisProcess } from '../system/process-mark.ts';
import type { TeamCommands } from '../team/contract.ts';
import type { SharedConnection } from '../team/join-store.ts';
import { version } from '../version.ts';
import { openStore, type StoreDeps, storedPassword } from './open-store.ts';

interface TeamDeps extends StoreDeps {
  /** The team in the settings, as they stand now. */
  current(): TeamSettings | null;
  /** Writes it there. */
  change(team: TeamSettings | null): Promise<void>;
  /** What the team may know of this installation's connections. */
  connections(): readonly SharedConnection[];
  /** The store did not answer this process when it asked last: that needs not be waited for again. */
  silence(): Fault | null;
  readonly clock: Pick<Clock, 'monotonic' | 'now'>;
}

/** The team's store, loaded when it is asked for: a start without a team loads no PostgreSQL client. */
export function teamOf(deps: TeamDeps): TeamCommands {
  const { keychain } = deps;

  const demand = (): TeamSettings => {
    const team = deps.current();
    if (team !== null) return team;
    throw fault('missing', 'This installation is in no team.', 'Join one with subdeck team join URL');
  };

  async function using<Result>(url: StoreUrl, given: string | null, use: (database: Database) => Promise<Result>) {
    const database = await openStore(deps, url, given);
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  }

  return {
    get current() {
      return deps.current();
    },
    initScript: async (text) => (await import('../team/schema/script.ts')).printedScript(parseStoreUrl(text).database),
    init: async (text, { password, ...options }) => {
      const { initStore } = await import('../team/init-store.ts');
      return using(parseStoreUrl(text), password, (database) => initStore(database, options));
    },
    knowsPassword: async (text) => {
      const url = parseStoreUrl(text);
      // On a socket, the system may say who is there.
      return url.isSocket || (await storedPassword(deps, url).catch(() => null)) !== null;
    },
    isCurrent: (text) => {
      const team = deps.current();
      return team !== null && parseStoreUrl(team.url).shown === parseStoreUrl(text).shown;
    },
    join: async (text, { as: wanted, password }) => {
      const url = parseStoreUrl(text);
      const as = memberName(wanted ?? deps.current()?.as ?? null, url);
      const { joinStore } = await import('../team/join-store.ts');
      const joined = await using(url, password, (database) => joinStore(database, as, deps.connections()));
      const notKept = password === null ? null : await keep(keychain, url, password);
      await deps.change({ url: url.text, as });
      return { ...joined, url: url.text, as, notKept };
    },
    leave: async () => {
      const { url, as } = demand();
      const { leaveStore } = await import('../team/leave-store.ts');
      await using(parseStoreUrl(url), null, (database) => leaveStore(database, as));
      await deps.change(null);
      await keychain({ do: 'remove', account: teamAccount });
    },
    status: async () => {
      const team = demand();
      const url = parseStoreUrl(team.url);
      const me = { url: url.text, as: team.as, host: `${osUser()}@${hostname()}` };
      try {
        const { storeStatus } = await import('../team/store-status.ts');
        const store = await using(url, null, (database) => storeStatus(database, deps.clock.monotonic));
        return { ...me, store, fault: null };
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
        return { ...me, store: null, fault: error.fault };
      }
    },
    checks: async () => {
      const team = deps.current();
      if (team === null) return [];
      const silence = deps.silence();
      if (silence !== null) return [{ name: 'team', state: 'bad', detail: silence.message, next: silence.next }];
      const { storeChecks } = await import('../team/store-checks.ts');
      return using(parseStoreUrl(team.url), null, (database) => storeChecks(database, deps.clock));
    },
    compareAccounts: async (one, other, areSame) => {
      const { url, as } = demand();
      const { compareAccounts } = await import('../team/compare-accounts.ts');
      await using(parseStoreUrl(url), null, (database) =>
        compareAccounts(database, { as, osUser: osUser(), mark: thisProcess(), version }, { one, other, areSame }),
      );
    },
    remove: async (name) => {
      const { removeMember } = await import('../team/leave-store.ts');
      await using(parseStoreUrl(demand().url), null, (database) => removeMember(database, name));
    },
  };
}

/** What was given, or the login's name, or the user's. Throws `usage`. */
function memberName(given: string | null, { user }: StoreUrl): string {
  const isName = (text: string) => /^[a-z0-9][a-z0-9._-]{0,62}$/.test(text);
  const name = [given, user, osUser().toLowerCase()].find((each) => each !== null && (each === given || isName(each)));
  if (name !== undefined && name !== null && isName(name)) return name;
  const next = 'Give one with --as NAME: small letters, digits, dots, - and _.';
  throw fault(
    'usage',
    given === null ? 'There is no name for this member.' : `"${given}" cannot be the name of a member.`,
    next,
  );
}

async function keep(keychain: Keychain, url: StoreUrl, password: string): Promise<Fault | null> {
  const { passwordEntry } = await import('../team/store-password.ts');
  const answer = await keychain({ do: 'set', account: teamAccount, secret: passwordEntry(url, password) });
  if (answer.state === 'stored') return null;
  const trouble = 'detail' in answer ? answer.state : 'died';
  const next = 'Set SUBDECK_TEAM_PASSWORD, or PGPASSFILE to a file with the password.';
  return fault('partial', `${troubleSentences[trouble]} The team is joined, its password is not stored.`, next).fault;
}
