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

test('[fault 126] refuses a write that would fill the disk', () => {
  expect(() => reserveIn({})(1)).not.toThrow();
  expect(() => reserveIn({ bytes: more, bytesWhileSmall: more, share: 2 })(1)).toThrow(DiskReserveError);
});

test('[fault 126] a small sync continues when one that wrote much is stopped', () => {
  const small = reserveIn({ bytes: more, share: 2 });
  expect(() => small(1000)).not.toThrow();
  expect(() => small(1)).toThrow(DiskReserveError);
});

test('[fault 126] of a small disk a share stays free, never more than its size', () => {
  expect(() => reserveIn({ bytes: more, bytesWhileSmall: more })(1)).not.toThrow();
});

test('a cache in memory is not limited', () => {
  const reserve = diskReserve(databaseOn(openInMemory()), { ...bounds, bytesWhileSmall: more, share: 2 } as never);
  expect(() => reserve(1)).not.toThrow();
});

test('[fault 126] a nearly full disk is a specific fault with a next step', () => {
  const trouble = troubleOf(new DiskReserveError(256 * 1024 ** 2));
  expect(trouble).toEqual({ damaged: false, why: 'less than 256 MB would be left on its disk' });
  expect(notKept('/home/me/cache.db', 'less than 256 MB would be left on its disk')).toMatchObject({
    kind: 'broken',
    next: 'Free space for /home/me/cache.db, or close the program that has locked it, then refresh again.',
  });
});
