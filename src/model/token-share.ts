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

/** What a token is wanted for: a write is final where the vendor does not take it any more, a read signs in again. */
export type TokenUse = 'read' | 'write';

const minute = 60_000;

/**
 * Whether what is left of it will do. A minute for a write, whatever the vendor gives; for a read half of its life, where it lives
 * for less than two minutes: one sign-in serves the reads that follow.
 */
export function isEnough(token: SharedToken, now: Instant, use: TokenUse): boolean {
  return leftOf(token, now) >= (use === 'write' ? minute : Math.min(minute, token.lifetimeMs / 2));
}

export interface TokenWanted {
  /** What the token is bought with: a token of other secrets is another's. */
  readonly secrets: Secrets;
  /** A token that the vendor did not take, or null. */
  readonly refused: string | null;
  readonly use: TokenUse;
  /** Buys a token at the vendor. What it throws is thrown on. */
  readonly signIn: () => Promise<SharedToken>;
}

/** A good token that another process of this user left, else a new one, which is left for the others. */
export type TokenShare = (wanted: TokenWanted) => Promise<SharedToken>;
