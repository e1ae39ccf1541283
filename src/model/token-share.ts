import { elapsed, type Instant } from './instant.ts';
import type { Secrets } from './settings.ts';

export interface SharedToken {
  readonly token: string;
  /** When it was requested. */
  readonly since: Instant;
  /** Milliseconds from then on; infinity if it does not expire. */
  readonly lifetimeMs: number;
}

/** Its remaining milliseconds; none if its age is unknown. */
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
  /** Identifies the secrets of the token: a token of other secrets is not usable. */
  readonly secrets: Secrets;
  /** A token that the vendor rejected, or null. */
  readonly refused: string | null;
  readonly use: TokenUse;
  /** Signs in at the vendor. Its errors are rethrown. */
  readonly signIn: () => Promise<SharedToken>;
}

/** A valid token from another process of this user, or a new one, which is then shared. */
export type TokenShare = (wanted: TokenWanted) => Promise<SharedToken>;
