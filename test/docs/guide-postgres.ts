import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findPostgres, serverUser } from '../../dev/postgres/server-process.ts';
import { startServer } from '../postgres/server.ts';
import type { Surroundings } from './guide-shell.ts';

// sudo passes on no variable of its caller. `subdeck` is the one of the guides, which runs in the test's process; PostgreSQL's programs
// run as the server's user, as far as this user may. Without a terminal of its own createuser reads the new password from stdin, twice.
const sudo = String.raw`#!/usr/bin/env bash
if [ "$1 $2" != '-u postgres' ]; then echo "sudo $*: there is no stand-in for it." >&2; exit 1; fi
shift 2
program=$1
if [ "$program" = subdeck ]; then
  exec env -i "PATH=$PATH" "HOME=$GUIDE_SERVER_HOME" "GUIDE_CALLS=$GUIDE_CALLS" "GUIDE_PORT=$GUIDE_PORT" "$@"
fi
set -- env -i "PATH=$GUIDE_SERVER_PROGRAMS:$PATH" "HOME=$GUIDE_SERVER_HOME" \
  "PGHOST=$GUIDE_SERVER_SOCKETS" "PGPORT=$GUIDE_SERVER_PORT" PGUSER=postgres "$@"
if [ -n "$GUIDE_SERVER_USER" ]; then
  set -- setpriv "--reuid=$GUIDE_SERVER_USER" "--regid=$GUIDE_SERVER_GROUP" --clear-groups "$@"
fi
if [ "$program" = createuser ]; then
  exec setsid --wait "$@" < <(printf '%s\n' "$GUIDE_SERVER_PASSWORD" "$GUIDE_SERVER_PASSWORD")
fi
exec "$@"
`;

/** A machine with PostgreSQL as the guide on teams has it: a server that nobody else uses, and a `sudo` that leads to it. */
export async function startGuidePostgres(root: string): Promise<Surroundings> {
  const server = await startServer();
  const [bin, home] = [join(root, 'postgres-bin'), join(root, 'postgres-home')];
  for (const directory of [bin, home]) mkdirSync(directory, { mode: 0o700 });
  writeFileSync(join(bin, 'sudo'), sudo, { mode: 0o700 });
  const user = serverUser();
  const password = 'that of a login';
  return {
    programs: bin,
    env: {
      GUIDE_SERVER_PROGRAMS: dirname(findPostgres()?.program('psql') ?? ''),
      GUIDE_SERVER_HOME: home,
      GUIDE_SERVER_SOCKETS: server.socketDirectory,
      GUIDE_SERVER_PORT: String(server.port),
      GUIDE_SERVER_USER: user === null ? '' : String(user.uid),
      GUIDE_SERVER_GROUP: user === null ? '' : String(user.gid),
      GUIDE_SERVER_PASSWORD: password,
      // Nobody is there to be asked, as in a container.
      SUBDECK_TEAM_PASSWORD: password,
    },
    // Where Debian's server is, and where this one is: nothing else in a block is changed.
    adapted: (commands) =>
      commands
        .replaceAll('%2Fvar%2Frun%2Fpostgresql/', `${encodeURIComponent(server.socketDirectory)}:${server.port}/`)
        .replaceAll('@localhost/', `@localhost:${server.port}/`),
    close: () => server.dispose(),
  };
}
