import { readFileSync, statSync } from 'node:fs';
import * as v from 'valibot';
import { type Environment, teamPasswordVariable } from '../model/environment.ts';
import { fault } from '../model/fault.ts';
import { fileWord } from '../model/shell-word.ts';
import { mayReceive, type StoreUrl, sslModes } from '../postgres/store-url.ts';
import type { Keychain } from '../secrets/keychain.ts';

interface PasswordDeps {
  readonly keychain: Keychain;
  /** The keychain's account. */
  readonly account: string;
  /** What was taken out of the environment. */
  readonly environment: ReadonlyMap<string, string>;
  readonly env: Environment;
}

const kept = v.object({
  password: v.string(),
  givenFor: v.object({ host: v.string(), port: v.number(), database: v.string(), sslmode: v.picklist(sslModes) }),
});

/**
 * The password for a store: from the environment, from the file that `PGPASSFILE` names, or from the keychain, where it is bound to the host,
 * port, database and sslmode that it was given for. Null: there is none. Throws `signed-out` where the keychain's is for another server.
 */
export async function storePassword(
  url: StoreUrl,
  { keychain, account, environment, env }: PasswordDeps,
): Promise<string | null> {
  const given = environment.get(teamPasswordVariable) ?? fromPasswordFile(env.PGPASSFILE, url);
  if (given !== null) return given;
  const answer = await keychain({ do: 'get', account });
  if (answer.state !== 'found') return null;
  const entry = v.safeParse(kept, parsed(answer.secret));
  if (!entry.success) return null;
  const { password, givenFor } = entry.output;
  if (mayReceive(givenFor, url)) return password;
  const { host, port, database, sslmode } = givenFor;
  const message = `The password of the team's store was given for ${host}:${port}/${database} with sslmode=${sslmode}, not for ${url.shown} with sslmode=${url.sslmode}.`;
  throw fault(
    'signed-out',
    message,
    'Correct team.url in the settings, or give the password again: subdeck team join URL',
  );
}

/** What the keychain keeps: the password, and where it may be sent. */
export function passwordEntry({ host, port, database, sslmode }: StoreUrl, password: string): string {
  return JSON.stringify({ password, givenFor: { host, port, database, sslmode } });
}

/** A line `host:port:database:user:password`, as libpq reads it; a field `*` fits everything. */
function fromPasswordFile(path: string | undefined, url: StoreUrl): string | null {
  if (path === undefined || path === '') return null;
  const text = contentOf(path);
  const wanted = [url.isSocket ? 'localhost' : url.host, String(url.port), url.database, url.user];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const parts = fieldsOf(line);
    if (parts.length < 5) continue;
    if (wanted.every((value, index) => parts[index] === '*' || parts[index] === value)) return parts.slice(4).join(':');
  }
  return null;
}

function contentOf(path: string): string {
  try {
    const { mode } = statSync(path);
    if (process.getuid !== undefined && (mode & 0o077) !== 0) {
      throw fault('signed-out', `PGPASSFILE ${path} can be read by other users.`, `Run chmod 600 ${fileWord(path)}`);
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      throw fault('signed-out', `PGPASSFILE ${path} cannot be read.`, 'Check the path, or unset PGPASSFILE.');
    }
    throw error;
  }
}

/** Splits at colons; a backslash takes the next character as it is. */
function fieldsOf(line: string): readonly string[] {
  const fields = [''];
  for (const [piece] of line.matchAll(/\\.|./gsu)) {
    if (piece === ':') fields.push('');
    else fields.push(`${fields.pop()}${piece.replace(/^\\(?=.)/su, '')}`);
  }
  return fields;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
