import type { SafeText } from './text.ts';

/** A name that the vendor left out, shown beside the id as the cached one. */
export interface RememberedName {
  readonly what: string;
  readonly id: string;
  readonly name: SafeText;
  /** When the cached row was read, ISO 8601 UTC. */
  readonly readAt: string | null;
}

/** "organization 4711: the vendor does not say its name; the cache, read at 2026-11-29T06:48:00Z, calls it Acme Oy". */
export function rememberedText({ what, id, name, readAt }: RememberedName): string {
  const when = readAt === null ? '' : `, read at ${readAt},`;
  return `${what} ${id}: the vendor does not give its name; in the cache${when} it is ${name}`;
}
