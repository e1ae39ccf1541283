import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** What Linux calls file systems whose locks may not hold between machines, by the numbers of statfs(2). */
const kinds: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9P'],
  [0x65735546, 'FUSE'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x19830326, 'BeeGFS'],
  [0x786f4256, 'VirtualBox folder'],
]);

/** The name of the network file system that a file is on, or will be; null where it is on none that is known. Other systems than Linux do not tell. */
export function networkFileSystem(
  path: string,
  typeOf = (place: string): number => statfsSync(place).type,
): string | null {
  if (process.platform !== 'linux') return null;
  try {
    // A number above 2^31 may come as a negative one.
    return kinds.get(typeOf(path) >>> 0) ?? null;
  } catch {
    return dirname(path) === path ? null : networkFileSystem(dirname(path), typeOf);
  }
}
