import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fault } from '../model/fault.ts';

/** Bits of a mode. */
const writableByAll = 0o002;
const sticky = 0o1000;

/**
 * Throws `unreachable` unless only the server's user can have put a socket there: in a directory where everybody may write, as in
 * `/tmp`, whoever comes first while the server is down is taken for it.
 */
export function demandOwnSocket(directory: string, serverUser: number | null): void {
  const me = process.getuid?.();
  if (me === undefined) return;
  const trusted = [0, me, ...(serverUser === null ? [] : [serverUser])];
  for (let each = directory; ; each = dirname(each)) {
    const found = statSync(each, { throwIfNoEntry: false });
    if (found === undefined) {
      throw fault(
        'unreachable',
        `There is no directory ${each} for the team's store.`,
        'Check the address, and whether the server is running.',
      );
    }
    const isOpen = (found.mode & writableByAll) !== 0;
    // Further up, the sticky bit keeps others from replacing what is there.
    const isKept = each !== directory && (found.mode & sticky) !== 0;
    if (!trusted.includes(found.uid) || (isOpen && !isKept)) {
      const why = isOpen ? 'every user of this machine can write there' : 'it belongs to another user';
      const message = `The socket directory ${directory} is not used: ${each === directory ? why : `${each}: ${why}`}.`;
      throw fault('unreachable', message, 'Let the server use a directory of its own, such as /var/run/postgresql.');
    }
    if (dirname(each) === each) return;
  }
}

/** The user id of the operating system's user `postgres`, from the text of `/etc/passwd`; null: there is none. */
export function serverUserIn(passwd: string): number | null {
  const [, uid] = /^postgres:[^:]*:(\d+):/m.exec(passwd) ?? [];
  return uid === undefined ? null : Number(uid);
}
