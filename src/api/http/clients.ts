import type { Secrets } from '../../model/settings.ts';
import type { CallLimits } from '../call-limits.ts';
import type { VendorSetup } from '../setup.ts';
import { concurrencyOf } from '../shared-settings.ts';
import { createCallPace, resetMsOf } from './call-pace.ts';
import { createCallQueue } from './call-queue.ts';
import type { ClientDeps } from './client-deps.ts';
import { createProbeClient, type ProbeClient } from './probe-client.ts';
import { createReadClient, type ReadClient } from './read-client.ts';
import { createRequests, type Requests } from './requests.ts';
import { createRetryBudget, retryAfterOf } from './retry.ts';
import { sharedPace } from './shared-pace.ts';
import { createTokenSource, type FetchedToken } from './token-source.ts';
import { checkedUrl } from './url-path.ts';
import { createWriteClient, type WriteClient } from './write-client.ts';

/** How to call one vendor's API: the differences between vendors. */
export interface Dialect {
  readonly limits: CallLimits;
  /** With its own path, if any. */
  readonly baseUrl: string;
  /** Sent with every call besides the token: `X-Tenant`, `X-Api-Version`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Created for every call: a correlation id. */
  freshHeaders?(): Readonly<Record<string, string>>;
  /** Requests a token. Called again when the current one expires or a read is rejected. */
  signIn(secrets: Secrets, line: Requests): Promise<FetchedToken>;
  /** The header that carries the token; `Authorization: Bearer …` where absent. */
  tokenHeader?(token: string): Readonly<Record<string, string>>;
  /** Statuses of a read, besides 401, that may mean an expired token: the read is repeated once with a new one. */
  readonly signInAgainOn?: readonly number[];
  /** A hint for the case that no answer arrives at all, in a sentence. */
  readonly ifSilent?: string;
}

/** The clients of one connection; they share its token, those that read its turns, and nothing else. */
export interface OpenedConnection {
  readonly read: ReadClient;
  /** For a sync: gives way to `read`. */
  readonly readInBackground: ReadClient;
  /** For automatic refreshes of the console: low priority, and at most half of the vendor's limit. */
  readonly readToRefresh: ReadClient;
  readonly write: WriteClient;
  readonly probe: ProbeClient;
  /** Calls that a sync may have under way just now. */
  width(): number;
  /** Milliseconds until a sync may have begun so many more calls, by the vendor's limit; 0 where none is known. */
  timeFor(calls: number): number;
}

/** Opens no socket. Throws `usage` faults. */
export function openConnection(setup: VendorSetup, dialect: Dialect): OpenedConnection {
  const line = createRequests(setup);
  const tokenHeader = dialect.tokenHeader ?? ((token) => ({ authorization: `Bearer ${token}` }));
  const baseUrl = checkedUrl(dialect.baseUrl, 'baseUrl');
  const { limits } = dialect;
  const shared = setup.sharedLimits ?? null;
  const alone = createCallPace(
    limits,
    setup.clock,
    (wait) => setup.onWait?.({ connection: setup.name, why: 'limit', ...wait }),
    shared?.share,
  );
  const pace = shared === null ? alone : sharedPace(alone, shared, setup);
  const queue = createCallQueue(concurrencyOf(setup), setup.clock, pace);
  const channel: ClientDeps = {
    setup,
    line,
    queue,
    budget: createRetryBudget(),
    baseUrl,
    subject: {
      ...line.credentials,
      host: baseUrl.host,
      ...(dialect.ifSilent === undefined ? {} : { ifSilent: dialect.ifSilent }),
    },
    signInAgainOn: dialect.signInAgainOn ?? [],
    headersFor: (token) => ({
      accept: 'application/json',
      ...dialect.headers,
      ...dialect.freshHeaders?.(),
      ...tokenHeader(token),
    }),
    waitOf: (headers) => retryAfterOf(headers, setup.clock.now()) ?? resetMsOf(limits, headers),
    throttled: (waitMs) => {
      if (waitMs !== null) shared?.pause(waitMs);
    },
    countWrite: () => {
      const write = alone.counted({ urgency: 'person' });
      if (write.allowed !== null) void shared?.take(write);
    },
  };
  const tokens = createTokenSource(setup, line.redactor, (secrets) => dialect.signIn(secrets, line));
  return {
    read: createReadClient(channel, tokens, 'person'),
    readInBackground: createReadClient(channel, tokens, 'background'),
    readToRefresh: createReadClient(channel, tokens, 'refresh'),
    width: queue.width,
    timeFor: pace.timeFor,
    write: createWriteClient(channel, tokens),
    probe: createProbeClient(channel, tokens),
  };
}
