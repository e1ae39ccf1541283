import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The Debian packages that some tests need, by a program that proves they are installed. */
const programs = {
  'gnome-keyring': ['gnome-keyring-daemon', 'dbus-daemon'],
  'libsecret-tools': ['secret-tool'],
  tmux: ['tmux'],
  strace: ['strace'],
  postgresql: ['psql'],
  pgbouncer: ['pgbouncer'],
  zsh: ['zsh'],
  fish: ['fish'],
  jq: ['jq'],
  curl: ['curl'],
} as const;

/**
 * Whether a Debian package is installed. Without it, its tests are skipped with a message. Use it as
 * `describe.runIf(needs('tmux'))`.
 */
export function needs(debianPackage: keyof typeof programs): boolean {
  const installed = programs[debianPackage].every(isOnPath);
  if (installed) return true;
  notRun(debianPackage);
  return false;
}

let namespaces: boolean | null = null;

/** Whether a process can be started in a pid namespace of its own: as root, where the system allows it. Root in CI has to be able to. */
export function hasPidNamespaces(): boolean {
  if (namespaces === null) {
    namespaces = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;
    if (!namespaces && process.getuid?.() === 0) notRun('unshare --pid');
    else if (!namespaces) process.stderr.write('not run in pid namespaces: needs root\n');
  }
  return namespaces;
}

/**
 * Reports why a test is skipped; with `CI` set that is a failure, so that no run is green because it tested nothing.
 */
export function notRun(lacking: string): void {
  if (process.env.CI) throw new Error(`not run: needs ${lacking}`);
  process.stderr.write(`not run: needs ${lacking}\n`);
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
