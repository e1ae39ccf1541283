import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFile, openInMemory } from '../../src/store/cache-file.ts';
import { databaseOn } from '../../src/store/database.ts';
import { DiskReserveError, diskReserve } from '../../src/store/disk-reserve.ts';
import { notKept, troubleOf } from '../../src/store/file-trouble.ts';
import { scratch } from './rows.ts';

const more = Number.MAX_SAFE_INTEGER;
const bounds = { bytes: 1, bytesWhileSmall: 1, smallBytes: 1000, share: 0.0001, lookEveryMs: 0 };

function reserveIn(over: Partial<typeof bounds>) {
  const database = databaseOn(openFile(join(scratch(), 'cache.db')));
  return diskReserve(database, { ...bounds, ...over } as never);
}

test('[fault 126] what would fill the disk is not written', () => {
  expect(() => reserveIn({})(1)).not.toThrow();
  expect(() => reserveIn({ bytes: more, bytesWhileSmall: more, share: 2 })(1)).toThrow(DiskReserveError);
});

test('[fault 126] a sync run that has written little goes on when one that wrote much may not', () => {
  const small = reserveIn({ bytes: more, share: 2 });
  expect(() => small(1000)).not.toThrow();
  expect(() => small(1)).toThrow(DiskReserveError);
});

test('[fault 126] of a small disk a share stays free, not more than it has', () => {
  expect(() => reserveIn({ bytes: more, bytesWhileSmall: more })(1)).not.toThrow();
});

test('a cache in memory fills no disk', () => {
  const reserve = diskReserve(databaseOn(openInMemory()), { ...bounds, bytesWhileSmall: more, share: 2 } as never);
  expect(() => reserve(1)).not.toThrow();
});

test('[fault 126] a disk that is nearly full is a named fault with a way out', () => {
  const trouble = troubleOf(new DiskReserveError(256 * 1024 ** 2));
  expect(trouble).toEqual({ damaged: false, why: 'less than 256 MB would be left on its disk' });
  expect(notKept('/home/me/cache.db', 'less than 256 MB would be left on its disk')).toMatchObject({
    kind: 'broken',
    next: 'Make room for /home/me/cache.db, or close what holds it, then refresh again.',
  });
});
