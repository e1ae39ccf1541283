import { FaultError, fault } from '../../model/fault.ts';
import { elapsed } from '../../model/instant.ts';
import type { Secrets } from '../../model/settings.ts';
import { isEnough, leftOf, type SharedToken, type TokenUse } from '../../model/token-share.ts';
import type { VendorSetup } from '../setup.ts';
import { signedOut } from './read-fault.ts';
import type { Redactor } from './redact.ts';

export interface FetchedToken {
  readonly token: string;
  /** From the time of the request; null if the vendor does not say. */
  readonly lifetimeMs: number | null;
}

/** The bearer token of one credential. Concurrent callers share one fetch. */
export interface TokenSource {
  /**
   * A token that will do for this use, fetched when there is none. Where that fails and the one at hand has not run out, a read
   * takes it; a write gets one with a minute left or none. Throws `FaultError`.
   */
  token(use: TokenUse): Promise<string>;
  /** The vendor rejected this token. True: the next request fetches another. */
  reject(token: string): boolean;
}

interface StoredRow extends SharedToken {
  readonly renewable: boolean;
}

/** A lifetime beyond the calendar's range is invalid. */
const longestLifetimeMs = 365 * 24 * 3_600_000;
/** For a vendor without `expires_in`: short, since a 401 renews the token for a read, but is final for a write. */
const assumedLifetimeMs = 10 * 60_000;

export function createTokenSource(
  setup: Pick<VendorSetup, 'name' | 'clock' | 'secrets' | 'secretsIn' | 'shareToken' | 'onToken'>,
  redactor: Redactor,
  fetchToken: (secrets: Secrets) => Promise<FetchedToken>,
): TokenSource {
  const { clock } = setup;
  let held: StoredRow | null = null;
  let refused: string | null = null;
  let underWay: Promise<StoredRow> | null = null;

  const fetch = async (use: TokenUse): Promise<StoredRow> => {
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
      : await share({ secrets, refused, use, signIn });
    redactor.add(one.token);
    const now = clock.instant();
    setup.onToken?.({ connection: setup.name, endsAt: now.wall + leftOf(one, now) });
    return { ...one, renewable: !given };
  };

  const checked = (token: string): string => {
    if (/^[\x21-\x7e]+$/.test(token)) return token;
    throw signedOut(
      { connection: setup.name, secretsIn: setup.secretsIn },
      'The access token contains invalid characters.',
    );
  };

  const fetchOnce = (use: TokenUse): Promise<StoredRow> => {
    underWay ??= fetch(use).finally(() => {
      underWay = null;
    });
    return underWay;
  };

  const isGood = (one: StoredRow | null, use: TokenUse): one is StoredRow =>
    one !== null && isEnough(one, clock.instant(), use);

  const tooShort = ({ lifetimeMs }: StoredRow): FaultError => {
    const message = `The access tokens of ${setup.name} are valid for ${Math.round(lifetimeMs / 1000)} s; a write needs one that is valid for another minute.`;
    const next = 'Nothing was sent. Ask the vendor for access tokens with a longer lifetime.';
    return fault('denied', message, next, { connection: setup.name });
  };

  return {
    async token(use) {
      if (isGood(held, use)) return held.token;
      try {
        const isJoined = underWay !== null;
        held = await fetchOnce(use);
        // The one under way may have been for a read.
        if (isJoined && use === 'write' && !isGood(held, use)) held = await fetchOnce(use);
      } catch (error) {
        const isOldGood = use === 'read' && held !== null && leftOf(held, clock.instant()) > 0;
        if (isOldGood && error instanceof FaultError && error.fault.kind === 'unreachable') return held?.token ?? '';
        throw error;
      }
      // Where nobody can say how old it is, the write does not leave for that (src/api/http/write-client.ts).
      const isAgeKnown = elapsed(held.since, clock.instant()) !== null;
      if (use === 'write' && isAgeKnown && !isGood(held, use)) throw tooShort(held);
      return held.token;
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
