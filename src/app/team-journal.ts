import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { osUser } from '../journal/os-user.ts';
import type { TeamSettings } from '../model/settings.ts';
import { parseStoreUrl } from '../postgres/store-url.ts';

/** Where the copy of a team's journal is on this machine, beside the private journal: one for each store and member, without a file's ending. */
export function teamCopyPath(privateJournal: string, { url, as }: TeamSettings): string {
  const digest = createHash('sha256')
    .update(`${parseStoreUrl(url).shown} ${as}`)
    .digest('hex')
    .slice(0, 12);
  return join(dirname(privateJournal), `team-${digest}`);
}

/** Who this installation's entries are by. */
export function teamAuthor({ as }: TeamSettings): string {
  return `${as} (${osUser()}@${hostname()})`;
}
