import { expect, test } from 'vitest';
import { networkFileSystem } from '../../src/system/network-file-system.ts';

test.runIf(process.platform === 'linux')('[fault 90] recognises a network file system by its type number', () => {
  const on = (type: number) => networkFileSystem('/srv/deck/journal.db', () => type);
  expect([0x6969, 0xfe534d42, 0xfe534d42 | 0, 0x01021997].map(on)).toEqual(['NFS', 'SMB', 'SMB', '9P']);
  // ext4, tmpfs, overlay, btrfs, xfs
  expect([0xef53, 0x01021994, 0x794c7630, 0x9123683e, 0x58465342].map(on)).toEqual([null, null, null, null, null]);
});

test.runIf(process.platform === 'linux')('[fault 90] checks the nearest existing directory of a missing file', () => {
  const missing = (place: string) => {
    if (place !== '/srv') throw new Error('ENOENT');
    return 0x6969;
  };
  expect(networkFileSystem('/srv/deck/journal.db', missing)).toBe('NFS');
  expect(networkFileSystem(import.meta.filename)).toBeNull();
});
