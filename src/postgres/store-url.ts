import { domainToASCII } from 'node:url';
import { fault } from '../model/fault.ts';
import { characterFault } from '../model/text-check.ts';

/** From the weakest to the strongest, in libpq's meaning. */
export const sslModes = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof sslModes)[number];

/** Where a team's store is: everything that decides which server is talked to, and as whom. */
export interface StoreUrl {
  readonly user: string;
  /** A host name or address, or the absolute path of a Unix socket's directory. */
  readonly host: string;
  readonly isSocket: boolean;
  readonly port: number;
  readonly database: string;
  readonly sslmode: SslMode;
  /** The whole of it, `sslmode` always written. */
  readonly text: string;
  /** For people: `host:port/database`. */
  readonly shown: string;
}

const form = 'postgres://user@host:port/database?sslmode=…';

/**
 * Reads `postgres://user@host:port/database?sslmode=…`; a socket's directory stands in the host's place, percent-encoded. Nothing
 * else can be said there: libpq's other keys change the server, the role or the search path. Throws `usage`; messages contain no password.
 */
export function parseStoreUrl(text: string): StoreUrl {
  const wrong = characterFault("The store's URL", text);
  if (wrong !== null) throw fault('usage', wrong.message, wrong.next);
  const url = urlOf(text);
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw fault('usage', "The store's URL cannot be read.", `Write ${form}`);
  }
  if (url.password !== '' || text.split('@')[0]?.split('//')[1]?.includes(':')) {
    const next =
      'Leave it out: Subdeck asks for it, or reads it with --secrets-stdin, SUBDECK_TEAM_PASSWORD or PGPASSFILE.';
    throw fault('usage', "The store's URL contains a password, which other programs on this machine can read.", next);
  }
  const host = hostOf(url.hostname);
  const isSocket = host.startsWith('/');
  const user = decoded(url.username, 'user');
  const database = decoded(url.pathname.slice(1), 'database');
  const port = url.port === '' ? 5432 : Number(url.port);
  if (url.hash !== '' || port === 0) throw fault('usage', "The store's URL cannot be read.", `Write ${form}`);
  const sslmode = sslModeOf(url.searchParams, host, isSocket);
  const shownHost = host.includes(':') ? `[${host}]` : host;
  const place = `${isSocket ? encodeURIComponent(host) : shownHost}:${port}/${encodeURIComponent(database)}`;
  return {
    user,
    host,
    isSocket,
    port,
    database,
    sslmode,
    text: `postgres://${encodeURIComponent(user)}@${place}?sslmode=${sslmode}`,
    shown: `${shownHost}:${port}/${database}`,
  };
}

/** Where a password may be sent: the same server and database, over a connection that is at least as safe. */
export interface PasswordPlace {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly sslmode: SslMode;
}

export function mayReceive(given: PasswordPlace, { host, port, database, sslmode }: PasswordPlace): boolean {
  const isSame = given.host === host && given.port === port && given.database === database;
  return isSame && sslModes.indexOf(sslmode) >= sslModes.indexOf(given.sslmode);
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function hostOf(written: string): string {
  if (written.startsWith('[')) return written.slice(1, -1);
  const host = decoded(written, 'host');
  if (host.startsWith('/')) return host;
  if (host.includes(','))
    throw fault('usage', "The store's URL names several hosts.", 'Name one: one address in front of the servers.');
  const ascii = domainToASCII(host);
  if (ascii === '' || !/^[a-z0-9._-]+$/.test(ascii))
    throw fault('usage', "The store's URL has no host that can be read.", `Write ${form}`);
  return ascii;
}

function decoded(text: string, what: string): string {
  let plain = '';
  try {
    plain = decodeURIComponent(text);
  } catch {
    // Reported below.
  }
  if (plain === '' || characterFault(what, plain) !== null || (what !== 'host' && plain.includes('/'))) {
    throw fault('usage', `The store's URL has no ${what} that can be read.`, `Write ${form}`);
  }
  return plain;
}

function sslModeOf(query: URLSearchParams, host: string, isSocket: boolean): SslMode {
  const keys = [...query.keys()];
  const strange = keys.find((key) => key !== 'sslmode');
  if (strange !== undefined) {
    throw fault(
      'usage',
      `The store's URL may not contain "${strange}".`,
      'Only sslmode may follow the ?. Nothing was sent.',
    );
  }
  if (keys.length > 1) throw fault('usage', "The store's URL contains sslmode twice.", 'Write it once.');
  const written = query.get('sslmode');
  if (written === null) return isSocket || isLoopback(host) ? 'disable' : 'verify-full';
  const mode = sslModes.find((each) => each === written);
  if (mode === undefined) {
    throw fault('usage', `sslmode=${written} is not supported.`, `Use one of ${sslModes.join(', ')}.`);
  }
  if (isSocket && mode !== 'disable') {
    throw fault('usage', `sslmode=${mode} has no effect on a Unix socket.`, 'Leave it out, or name a host.');
  }
  return mode;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
