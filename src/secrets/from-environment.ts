import { secretsVariable } from '../model/connection-name.ts';
import { secretsVariablePrefix, teamPasswordVariable } from '../model/environment.ts';
import { fault } from '../model/fault.ts';
import type { Secrets } from '../model/settings.ts';
import { encodingFault } from '../model/text-check.ts';

/** The secrets from the environment, by variable. */
export type EnvironmentSecrets = ReadonlyMap<string, string>;

/**
 * Removes every `SUBDECK_SECRETS_…` and `SUBDECK_TEAM_PASSWORD` from the environment, so that no child process inherits one.
 * Called before anything else.
 */
export function takeSecrets(env: NodeJS.ProcessEnv): EnvironmentSecrets {
  const taken = new Map<string, string>();
  const isSecret = (name: string) => name.startsWith(secretsVariablePrefix) || name === teamPasswordVariable;
  for (const name of Object.keys(env).filter(isSecret)) {
    const value = env[name];
    if (value) taken.set(name, value);
    delete env[name];
  }
  return taken;
}

/**
 * A connection's secrets from the environment; null if its variable is not set. Throws `signed-out` if it is malformed.
 */
export function secretsFromEnvironment(taken: EnvironmentSecrets, connection: string): Secrets | null {
  const variable = secretsVariable(connection);
  const text = taken.get(variable);
  if (text === undefined) return null;
  const secrets = parseSecrets(text);
  if (secrets) {
    const broken = Object.entries(secrets).find(([, secret]) => encodingFault('', secret) !== null);
    if (broken === undefined) return secrets;
    const message = `${variable} is not UTF-8: its secret ${broken[0]} cannot be decoded.`;
    throw fault('signed-out', message, 'Set it again, in UTF-8.', { connection });
  }
  throw fault(
    'signed-out',
    `${variable} is not a JSON object of texts.`,
    `Set it to something like {"clientSecret": "…"}.`,
    { connection },
  );
}

/** `{"name": "value", …}`, or null for anything else. Messages never contain the text itself. */
export function parseSecrets(text: string): Secrets | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return entries.length === Object.keys(value).length ? Object.fromEntries(entries) : null;
}
