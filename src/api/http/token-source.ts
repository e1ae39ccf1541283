import { FaultError } from '../../model/fault.ts';
import type { Secrets } from '../../model/settings.ts';
import { leftOf, type SharedToken } from '../../model/token-share.ts';
import type { VendorSetup } from '../setup.ts';
import { signedOut } from './read-fault.ts';
import type { Redactor } from './redact.ts';

export interface FetchedToken {
  readonly token: string;
  /** From the moment it was asked for; null where the vendor does not say. */
  readonly lifetimeMs: number | null;
}

/** The bearer token of one credential. However many ask, one fetch is under way at most. */
export interface TokenSource {
  /**
   * A token with a minute left, fetched when there is none. Where that fails and the one at hand has not run out,
   * `allowOld` takes it. Throws `FaultError`.
   */
  token(options: { readonly allowOld: boolean }): Promise<string>;
  /** The vendor did not take this token. True: asking again fetches another. */
  reject(token: string): boolean;
}

interface StoredRow extends SharedToken {
  readonly renewable: boolean;
}

const wantedLeftMs = 60_000;
/** What no calendar holds is no lifetime. */
const longestLifetimeMs = 365 * 24 * 3_600_000;
/** For a vendor that gives no `expires_in`: short, since a 401 on a read renews anyway but one on a write is final. */
const assumedLifetimeMs = 10 * 60_000;

export function createTokenSource(
  setup: Pick<VendorSetup, 'name' | 'clock' | 'secrets' | 'shareToken' | 'onToken'>,
  redactor: Redactor,
  fetchToken: (secrets: Secrets) => Promise<FetchedToken>,
): TokenSource {
  const { clock } = setup;
  let held: StoredRow | null = null;
  let refused: string | null = null;
  let underWay: Promise<StoredRow> | null = null;

  const fetch = async (): Promise<StoredRow> => {
    const secrets = await setup.secrets();
    for (const secret of Object.values(secrets)) redactor.add(secret);
    const given = secrets.accessToken;
    const signIn = async (): Promise<SharedToken> => {
      const since = clock.instant();
      const { token, lifetimeMs } = await fetchToken(secrets);
      return { token: checked(token), since, lifetimeMs: Math.min(lifetimeMs ?? assumedLifetimeMs, longestLifetimeMs) };
    };
    const share = setup.shareToken ?? (({ signIn: alone }) => alone());
    const one = given
      ? { token: checked(given.trim()), since: clock.instant(), lifetimeMs: Number.POSITIVE_INFINITY }
      : await share({ secrets, refused, leastLeft: wantedLeftMs, signIn });
    redactor.add(one.token);
    const now = clock.instant();
    setup.onToken?.({ connection: setup.name, endsAt: now.wall + leftOf(one, now) });
    return { ...one, renewable: !given };
  };

  const checked = (token: string): string => {
    if (/^[\x21-\x7e]+$/.test(token)) return token;
    throw signedOut(setup.name, 'The access token holds characters that no token has.');
  };

  const fetchOnce = (): Promise<StoredRow> => {
    underWay ??= fetch().finally(() => {
      underWay = null;
    });
    return underWay;
  };

  return {
    async token({ allowOld }) {
      if (held !== null && leftOf(held, clock.instant()) >= wantedLeftMs) return held.token;
      try {
        held = await fetchOnce();
        return held.token;
      } catch (error) {
        const isOldGood = allowOld && held !== null && leftOf(held, clock.instant()) > 0;
        if (isOldGood && error instanceof FaultError && error.fault.kind === 'unreachable') return held?.token ?? '';
        throw error;
      }
    },
    reject(token) {
      if (held === null || held.token !== token) return true;
      if (!held.renewable) return false;
      refused = token;
      held = null;
      return true;
    },
  };
}
