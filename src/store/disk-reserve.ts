import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { limits } from '../model/limits.ts';
import type { Database } from './database.ts';
import { text } from './sql-values.ts';

/** What is read would take what is left on the disk for the journal and for other connections. */
export class DiskReserveError extends Error {
  /** In a few words, as `whyNoWrites` gives them. */
  readonly why: string;

  constructor(left: number) {
    const megabytes = Math.round(left / 1024 ** 2);
    const why = megabytes < 1 ? 'the disk is full' : `less than ${megabytes} MB would be left on its disk`;
    super(why);
    this.why = why;
  }
}

/**
 * Looks at the free space of the disk now and then, before so many more bytes of one sync run are written. A run that has
 * written little may go further than one that fills the disk. Throws `DiskReserveError`. Nothing where the cache has no file.
 */
export function diskReserve(database: Database, bounds: typeof limits.freeDisk = limits.freeDisk) {
  const [main] = database.statement('PRAGMA database_list').all();
  const path = main === undefined ? '' : text(main.file ?? '');
  let written = 0;
  let looked = Number.NEGATIVE_INFINITY;
  let free = Number.POSITIVE_INFINITY;
  let reserve = 0;

  return (bytes: number): void => {
    if (path === '') return;
    written += bytes;
    const now = performance.now();
    if (now - looked >= bounds.lookEveryMs) {
      const disk = statfsSync(dirname(path));
      looked = now;
      free = disk.bavail * disk.bsize;
      const least = written <= bounds.smallBytes ? bounds.bytesWhileSmall : bounds.bytes;
      reserve = Math.min(least, disk.blocks * disk.bsize * bounds.share);
    }
    free -= bytes;
    if (free < reserve) throw new DiskReserveError(reserve);
  };
}
