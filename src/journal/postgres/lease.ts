import type { Clock } from '../../model/clock.ts';
import { FaultError, fault } from '../../model/fault.ts';
import type { Instant } from '../../model/instant.ts';
import type { SendPermit } from '../../model/send-permit.ts';

/** This process as the team's store knows it. */
export interface Membership {
  readonly id: string;
  /** Renews the lease. */
  beat(): Promise<{ readonly leaseMs: number }>;
  end(): Promise<void>;
}

/** A process sends nothing in the last milliseconds of its lease: for clocks that run at different speeds, and for what is on its way. */
const margin = 5_000;
const beatEvery = 10_000;

/** The lease of this process, measured by a clock that goes on while the computer sleeps and while the process is stopped. */
export interface Lease {
  /** The id of this process in the store; its lease has some time left. */
  ready(): Promise<string>;
  /** Renews it now. */
  renew(): Promise<void>;
  /** A permit for what is sent now: it ends with the lease, even where that is renewed later. */
  permit(): SendPermit;
  stop(): void;
}

export function leaseOf(begin: () => Promise<Membership>, clock: Pick<Clock, 'instant'>): Lease {
  let beginning: Promise<Membership> | null = null;
  let until: Instant['boot'] | null = null;
  /** How often it had ended before it was renewed: others may have taken over what this process was sending. */
  let lapses = 0;
  let timer: NodeJS.Timeout | null = null;

  function left(): number {
    const { boot } = clock.instant();
    return until === null || until.id !== boot.id ? 0 : until.ms - boot.ms;
  }

  async function membership(): Promise<Membership> {
    beginning ??= begin();
    try {
      return await beginning;
    } catch (error) {
      beginning = null;
      throw error;
    }
  }

  async function renew(): Promise<void> {
    const member = await membership();
    // The server's lease began after this, so it ends after what is reckoned here.
    const { boot } = clock.instant();
    const { leaseMs } = await member.beat();
    // And before this: a process that was stopped meanwhile may have been without a lease until the server got its sign.
    const now = clock.instant().boot;
    if (until !== null && (until.id !== now.id || now.ms > until.ms)) lapses += 1;
    until = { id: boot.id, ms: boot.ms + leaseMs };
    timer ??= setInterval(() => void renew().catch(ignoreStore), beatEvery).unref();
  }

  return {
    async ready() {
      if (left() < 3 * margin) await renew();
      return (await membership()).id;
    },
    renew,
    permit() {
      const begun = lapses;
      return { ended: () => (lapses === begun && left() > margin ? null : stopped) };
    },
    stop() {
      // Given up at the server, so that others may take over at once: nothing that waits for its connection leaves any more.
      lapses += 1;
      if (timer !== null) clearInterval(timer);
      if (beginning !== null) void beginning.then((member) => member.end()).catch(() => undefined);
    },
  };
}

const stopped =
  'This process was stopped, or the computer was asleep, for so long that its lease in the team’s store ended; others may have settled the write.';

/** The next sign may come through; what needs the lease says so then. */
function ignoreStore(error: unknown): void {
  if (!(error instanceof FaultError)) throw error;
}

/** The store does not let this process write any more. */
export function noLease(): FaultError {
  return fault('unreachable', 'The lease of this process in the team’s store ended.', 'Nothing was sent. Try again.', {
    sent: false,
  });
}
