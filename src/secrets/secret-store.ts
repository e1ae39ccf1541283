import type { Clock } from '../model/clock.ts';
import { secretsVariable } from '../model/connection-name.ts';
import { dateWords } from '../model/date-words.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import type { Secrets } from '../model/settings.ts';
import { shellWord } from '../model/shell-word.ts';
import { tokenAccount } from './accounts.ts';
import { keepOldDigest } from './digest-secret.ts';
import { type EnvironmentSecrets, parseSecrets, secretsFromEnvironment } from './from-environment.ts';
import type { Keychain } from './keychain.ts';
import type { KeychainAnswer, KeychainTrouble } from './keychain-answer.ts';
import type { KeychainNotes } from './keychain-notes.ts';
import { troubleRemedy, troubleSentences } from './sentences.ts';

export type SecretSource = 'keychain' | 'environment' | 'missing';

/** A connection's secrets from any source. The environment takes precedence over the keychain. */
export interface SecretStore {
  /**
   * Throws `signed-out`, naming the keychain's fault. Secrets from the keychain are sent only to the `origins` they
   * were given for: if the settings name another, they have to be entered again.
   */
  of(connection: string, origins: readonly string[]): Promise<Secrets>;
  /**
   * Where each connection's secrets are, without reading any. A keychain failure is one fault, and its rows are
   * `missing`.
   */
  places(connections: readonly string[]): Promise<{
    readonly places: ReadonlyMap<string, SecretSource>;
    readonly fault: Fault | null;
  }>;
  /** Null if the keychain works: a test value can be stored and read back. */
  check(connection: string): Promise<Fault | null>;
  /**
   * Null once they were stored and read back; else why not, as a `partial` fault that names the variable. Others that are
   * kept for the same origins `stay` beside them, or `go`; an access token stands in place of all others.
   */
  keep(connection: string, secrets: Secrets, origins: readonly string[], others: 'stay' | 'go'): Promise<Fault | null>;
  /** Null once the keychain has no entry of this connection. */
  forget(connection: string): Promise<Fault | null>;
}

export function secretStore(parts: {
  readonly keychain: Keychain;
  readonly environment: EnvironmentSecrets;
  readonly notes: KeychainNotes;
  readonly clock: Pick<Clock, 'now'>;
}): SecretStore {
  const { keychain, environment, notes, clock } = parts;
  const stayingBeside = async (connection: string, origins: readonly string[]): Promise<Secrets> => {
    const answer = await keychain({ do: 'get', account: connection });
    const entry = answer.state === 'found' ? entryOf(answer.secret) : null;
    if (entry === null || strangeAmong(origins, entry) !== undefined) return {};
    const { accessToken: _, ...staying } = entry.secrets;
    return staying;
  };
  return {
    of: async (connection, origins) => {
      const given = secretsFromEnvironment(environment, connection);
      if (given) return given;
      const answer = await keychain({ do: 'get', account: connection });
      if (answer.state === 'found') return understood(connection, answer.secret, origins);
      if (answer.state === 'missing') throw missing(connection, notes.storedAt(connection));
      throw new FaultError(inTrouble('signed-out', connection, answer));
    },

    places: async (connections) => {
      const places = new Map<string, SecretSource>(
        connections.map((name) => [name, environment.has(secretsVariable(name)) ? 'environment' : 'missing']),
      );
      const accounts = connections.filter((name) => places.get(name) === 'missing');
      if (accounts.length === 0) return { places, fault: null };
      const answer = await keychain({ do: 'which', accounts });
      if (answer.state !== 'which') return { places, fault: inTrouble('signed-out', accounts[0] ?? '', answer) };
      for (const name of answer.accounts) places.set(name, 'keychain');
      return { places, fault: null };
    },

    check: async (connection) => {
      const answer = await keychain({ do: 'which', accounts: [] });
      return answer.state === 'which' ? null : inTrouble('signed-out', connection, answer);
    },

    keep: async (connection, secrets, origins, others) => {
      const staying = others === 'stay' && !('accessToken' in secrets) ? await stayingBeside(connection, origins) : {};
      await keepOldDigest(keychain, connection);
      const secret = JSON.stringify({ ...staying, ...secrets, [givenFor]: origins.join(' ') });
      const answer = await keychain({ do: 'set', account: connection, secret });
      if (answer.state !== 'stored') {
        const trouble = inTrouble('partial', connection, answer);
        return {
          ...trouble,
          message: `${trouble.message} The settings of ${connection} are saved, its secrets are not.`,
        };
      }
      notes.remember(connection, new Date(clock.now()).toISOString());
      return null;
    },

    forget: async (connection) => {
      const stored = notes.storedAt(connection);
      await keepOldDigest(keychain, connection);
      const answer = await keychain({ do: 'remove', account: connection });
      if (stored !== null) await keychain({ do: 'remove', account: tokenAccount(connection) });
      if (answer.state === 'removed' || stored === null) {
        if (stored !== null) notes.remember(connection, null);
        return null;
      }
      return inTrouble('partial', connection, answer);
    },
  };
}

/**
 * In the keychain's entry, beside the secrets: the origins they were given for. No vendor declares a secret of that
 * name.
 */
const givenFor = '@givenFor';

interface KeptSecrets {
  readonly secrets: Secrets;
  /** Null: Subdeck 0.1.0 kept them, for any. */
  readonly givenFor: readonly string[] | null;
}

function entryOf(text: string): KeptSecrets | null {
  const entry = parseSecrets(text);
  if (entry === null) return null;
  const { [givenFor]: bound, ...secrets } = entry;
  return { secrets, givenFor: bound?.split(' ') ?? null };
}

function strangeAmong(origins: readonly string[], { givenFor: known }: KeptSecrets): string | undefined {
  return known === null ? undefined : origins.find((origin) => !known.includes(origin));
}

function understood(connection: string, text: string, origins: readonly string[]): Secrets {
  const entry = entryOf(text);
  if (entry === null) {
    throw fault(
      'signed-out',
      `The keychain's entry for ${connection} is not what Subdeck stored.`,
      `Store the secrets again: subdeck connection set ${shellWord(connection)}`,
      { connection },
    );
  }
  const strange = strangeAmong(origins, entry);
  if (strange === undefined) return entry.secrets;
  const message = `The secrets of ${connection} were given for ${entry.givenFor?.join(' and ')}, but its settings would send them to ${strange}.`;
  const next = `Correct the address. If it is right, store the secrets again: subdeck connection set ${shellWord(connection)}`;
  throw fault('signed-out', message, next, { connection });
}

function missing(connection: string, storedAt: string | null): FaultError {
  const message = storedAt
    ? `The secrets of ${connection} were stored in the keychain on ${dateWords(storedAt)} but are no longer there.`
    : `There are no secrets for ${connection}.`;
  const next = `Run subdeck connection set ${shellWord(connection)}, or set ${secretsVariable(connection)}.`;
  return fault('signed-out', message, next, { connection });
}

function inTrouble(kind: 'signed-out' | 'partial', connection: string, answer: KeychainAnswer): Fault {
  const trouble: KeychainTrouble = 'detail' in answer ? answer.state : 'died';
  return fault(kind, troubleSentences[trouble], troubleRemedy(trouble, connection), { connection }).fault;
}
