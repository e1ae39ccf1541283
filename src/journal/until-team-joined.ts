import { type Fault, FaultError } from '../model/fault.ts';
import type { Journal } from './journal.ts';

/**
 * The private journal of a process that may run on after its installation joined a team: from then on it is only read, since the team's
 * guards do not see what it records. `joined`: why nothing is recorded any more, or null; asked for each time.
 */
export function untilTeamJoined(own: Journal, joined: () => Fault | null): Journal {
  function demandPrivate(): void {
    const fault = joined();
    if (fault !== null) throw new FaultError(fault);
  }

  return {
    ...own,
    health: () => joined() ?? own.health(),
    async intend(intent) {
      const fault = joined();
      return fault === null ? own.intend(intent) : { kind: 'refused', fault };
    },
    async mark(keys, mark) {
      demandPrivate();
      await own.mark(keys, mark);
    },
    async link(request) {
      demandPrivate();
      return own.link(request);
    },
  };
}
