import { elapsed, type Instant } from './instant.ts';
import type { Secrets } from './settings.ts';

export interface SharedToken {
  readonly token: string;
  /** When it was asked for. */
  readonly since: Instant;
  /** Milliseconds from then on; infinity where nothing ends it. */
  readonly lifetimeMs: number;
}

/** Milliseconds that are left of it; none where nobody can say how old it is. */
export function leftOf({ since, lifetimeMs }: Omit<SharedToken, 'token'>, now: Instant): number {
  if (lifetimeMs === Number.POSITIVE_INFINITY) return lifetimeMs;
  const age = elapsed(since, now);
  return age === null ? 0 : lifetimeMs - age;
}

export interface TokenWanted {
  /** What the token is bought with: a token of other secrets is another's. */
  readonly secrets: Secrets;
  /** A token that the vendor did not take, or null. */
  readonly refused: string | null;
  /** A token that runs out sooner, in milliseconds, is not wanted. */
  readonly leastLeft: number;
  /** Buys a token at the vendor. What it throws is thrown on. */
  readonly signIn: () => Promise<SharedToken>;
}

/** A good token that another process of this user left, else a new one, which is left for the others. */
export type TokenShare = (wanted: TokenWanted) => Promise<SharedToken>;
