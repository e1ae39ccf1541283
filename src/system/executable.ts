import { getAsset, isSea } from 'node:sea';

/** Whether this is the single executable, which has its code inside and no files beside it. */
export const isExecutable: boolean = isSea();

/** A module inside the executable, as an address that a worker can start from; null outside of the executable. */
export function moduleInside(name: string): URL | null {
  if (!isExecutable) return null;
  return new URL(`data:text/javascript;base64,${Buffer.from(getAsset(name)).toString('base64')}`);
}
