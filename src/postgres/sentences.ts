import type { FaultKind } from '../model/fault.ts';
import type { StoreUrl } from './store-url.ts';

/** What a failure means to a person: what happened, and what to do next. */
export interface Sentence {
  readonly kind: FaultKind;
  readonly message: string;
  readonly next: string;
}

const again = 'Subdeck tries again by itself; reading goes on from the cache.';

/**
 * What the server's SQLSTATE means, by code or, where that is enough, by its class; null: nothing that a server in use answers, so a mistake
 * in a statement of Subdeck's.
 */
export function sentenceOfState(state: string, url: StoreUrl): Sentence | null {
  const sentences = sentencesByState(state, url);
  return sentences[state] ?? sentences[state.slice(0, 2)] ?? null;
}

/** Keys of two characters are classes. */
export function sentencesByState(
  state: string,
  { user, shown, database }: Pick<StoreUrl, 'user' | 'shown' | 'database'>,
): Readonly<Record<string, Sentence>> {
  const store = `The team's store ${shown}`;
  const changed: Sentence = {
    kind: 'denied',
    message: `The schema "subdeck" of the team's store ${shown} is not the one that this Subdeck knows (SQLSTATE ${state}).`,
    next: 'It was changed while this process ran: start Subdeck again, which says what to do.',
  };
  const notEncoded: Sentence = {
    kind: 'refused',
    message: `The encoding of the database ${database} has no place for a character of this (SQLSTATE ${state}).`,
    next: 'Nothing was recorded. Let its administrator make a database with the encoding UTF8 for the team.',
  };
  const pooler: Sentence = {
    kind: 'unreachable',
    message: `A program between here and the team's store ${shown} mixes up connections (SQLSTATE ${state}).`,
    next: 'Let its administrator set the pooler to sessions or transactions, or let the address lead to the server itself.',
  };
  const log = "Ask its administrator to look at the server's log.";
  const unusable = (what: string, next = log): Sentence => ({
    kind: 'unreachable',
    message: `${store} ${what} (SQLSTATE ${state}).`,
    next: `${next} ${again}`,
  });
  return {
    '08': lost(shown),
    '0A': {
      kind: 'unreachable',
      message: `The server of the team's store ${shown} cannot do what Subdeck needs (SQLSTATE ${state}).`,
      next: 'Let the address lead to PostgreSQL 15 or later, without another program in between.',
    },
    '22021': notEncoded,
    '22P05': notEncoded,
    '23514': {
      kind: 'refused',
      message: `${store} does not take this: something in it is too long (SQLSTATE ${state}).`,
      next: 'Nothing was recorded. Shorten what was typed, such as a reason or a note.',
    },
    '25006': {
      kind: 'unreachable',
      message: `${store} is read-only: it is a standby, or its administrator made it so.`,
      next: 'Let the address lead to the primary server, or switch default_transaction_read_only off.',
    },
    '25P02': pooler,
    '25P03': slow(shown),
    '25P04': slow(shown),
    '26': pooler,
    '28': {
      kind: 'signed-out',
      message: `${store} does not let ${user} sign in from here.`,
      next: 'Ask its administrator for a line in pg_hba.conf, or check user, database and sslmode.',
    },
    '28P01': {
      kind: 'signed-out',
      message: `${store} did not accept the password of ${user}.`,
      next: 'Store it again: subdeck team join URL. If SUBDECK_TEAM_PASSWORD or PGPASSFILE is set, correct it there. One that has expired (VALID UNTIL) looks the same.',
    },
    '34': pooler,
    '3D': {
      kind: 'missing',
      message: `There is no database ${database} on the team's server.`,
      next: 'Create it with createdb, then run subdeck team init',
    },
    '3F': notInstalled(store),
    '40': slow(shown),
    '42501': {
      kind: 'denied',
      message: `${user} has no right to do that in the team's store.`,
      next: `Ask its administrator: GRANT subdeck_member TO "${user}" (or subdeck_viewer, to read only).`,
    },
    '42703': changed,
    '42883': notInstalled(store),
    '42P01': notInstalled(store),
    '53': unusable('is short of resources'),
    '53100': {
      kind: 'unreachable',
      message: `The disk of the team's store ${shown} is full.`,
      next: 'Ask its administrator to make room. Nothing was written.',
    },
    '53200': {
      kind: 'unreachable',
      message: `${store} is out of memory.`,
      next: `Ask its administrator. ${again}`,
    },
    '53300': {
      kind: 'unreachable',
      message: `${store} has no connection left.`,
      next: `Close some consoles, or raise max_connections or the limit of the role. ${again}`,
    },
    // Also where transaction ids run out, since nothing was vacuumed.
    '54': unusable('reached a limit of its server'),
    '55': unusable(
      'takes no connection or statement just now: its administrator closed it, or is at work on it',
      'Ask its administrator.',
    ),
    '55P03': slow(shown),
    '57': unusable('was told by its administrator to end this', 'Ask its administrator.'),
    '57014': slow(shown),
    '57P01': { kind: 'unreachable', message: `${store} is being shut down or restarted.`, next: again },
    '57P02': { kind: 'unreachable', message: `${store} is restarting after a crash.`, next: again },
    '57P03': { kind: 'unreachable', message: `${store} is starting up.`, next: again },
    '57P04': {
      kind: 'missing',
      message: `The database ${database} of the team's server was dropped.`,
      next: 'Let its administrator restore it, then run subdeck team status.',
    },
    '57P05': { kind: 'unreachable', message: `${store} closed an idle connection.`, next: again },
    '58': {
      kind: 'unreachable',
      message: `The server of the team's store ${shown} cannot read or write its files (SQLSTATE ${state}).`,
      next: log,
    },
    '72': slow(shown),
    F0: unusable('has an error in its configuration files'),
    SD001: {
      kind: 'unreachable',
      message: `${store} isolates transactions too strictly to see what others have just written.`,
      next: `Let its administrator reset default_transaction_isolation, for the database and for ${user}.`,
    },
    XX: {
      kind: 'unreachable',
      message: `The team's store ${shown} reports an internal error (SQLSTATE ${state}).`,
      next: log,
    },
  };
}

function notInstalled(store: string): Sentence {
  return {
    kind: 'missing',
    message: `${store} has no schema of Subdeck's.`,
    next: 'Its administrator creates it with subdeck team init URL',
  };
}

/** The time ran out. */
export function slow(shown: string): Sentence {
  return {
    kind: 'unreachable',
    message: `The team's store ${shown} did not answer in time.`,
    next: `Check the network and the server's load. ${again}`,
  };
}

/** The connection ended in the middle of a statement. */
function lost(shown: string): Sentence {
  return { kind: 'unreachable', message: `The connection to the team's store ${shown} was lost.`, next: again };
}

/** What an error of the socket, of TLS or of the sign-in means. */
export function sentenceOfSocket(code: string, { shown, host, port, isSocket, sslmode }: StoreUrl): Sentence {
  const certificate = certificateProblem(code, host);
  if (certificate !== null) {
    const next =
      'Set NODE_EXTRA_CA_CERTS to the certificate of its authority, or correct the address. sslmode=require would accept any server.';
    return {
      kind: 'unreachable',
      message: `The certificate of the team's store ${shown} is not trusted: ${certificate}.`,
      next,
    };
  }
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return {
        kind: 'unreachable',
        message: isSocket
          ? `No server has a socket in ${host} for port ${port}.`
          : `No server answers at ${host}:${port}.`,
        next: `Start PostgreSQL there, or check the address. ${again}`,
      };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return {
        kind: 'unreachable',
        message: `The name ${host} of the team's store cannot be resolved.`,
        next: `Check the address and the network. ${again}`,
      };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
      return {
        kind: 'unreachable',
        message: `There is no way to the team's store ${shown} from here.`,
        next: `Check the network or the VPN. ${again}`,
      };
    case 'EACCES':
    case 'EPERM':
      return {
        kind: 'unreachable',
        message: `This user may not use the socket in ${host}.`,
        next: 'Check its permissions.',
      };
    case 'NO_TLS':
      return {
        kind: 'unreachable',
        message: `The team's store ${shown} does not offer TLS, which sslmode=${sslmode} demands.`,
        next: 'Turn on ssl in its postgresql.conf, or check the address.',
      };
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return {
        kind: 'unreachable',
        message: `The TLS handshake with the team's store ${shown} failed.`,
        next: 'Check the address, and the TLS versions that its server allows.',
      };
    case 'ETIMEDOUT':
      return slow(shown);
    default:
      return lost(shown);
  }
}

/** A TLS error that is about the certificate, in words; null: another one. */
function certificateProblem(code: string, host: string): string | null {
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `it is not one for ${host}`;
    case 'CERT_HAS_EXPIRED':
      return 'it has expired';
    case 'CERT_NOT_YET_VALID':
      return 'it is not valid yet';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return 'no authority known here issued it';
    default:
      return /^(?:CERT_|CRL_|INVALID_CA|HOSTNAME_MISMATCH)/.test(code)
        ? `${code.toLowerCase().replaceAll('_', ' ')}`
        : null;
  }
}
