import { fault } from '../../model/fault.ts';
import type { SharedLimits } from '../../model/shared-limits.ts';
import type { VendorSetup } from '../setup.ts';
import type { CallPace } from './call-pace.ts';
import { longestWaitMs } from './retry.ts';

/**
 * Keeps the calls of one connection within what a team has left of its account's limit, and within pauses that the vendor asked any member
 * for. What the process knows by itself holds too.
 */
export function sharedPace(
  own: CallPace,
  shared: SharedLimits,
  { name, clock, onWait }: Pick<VendorSetup, 'name' | 'clock' | 'onWait'>,
): CallPace {
  return {
    ...own,
    async turn(call) {
      await own.turn(call);
      for (;;) {
        if (call.signal?.aborted === true) return;
        const counted = own.counted(call);
        const turn = await shared.take(counted);
        if (turn.mayBegin) return;
        const { milliseconds, why } = turn;
        if (milliseconds > longestWaitMs) throw pausedForLong(name, milliseconds);
        onWait?.({ connection: name, milliseconds, why, limit: why === 'limit' ? counted.limit : null });
        await clock.wait(milliseconds, call.signal);
      }
    },
    heard(operation, headers) {
      const said = own.heard(operation, headers);
      if (said !== null) shared.heard(own.counted({ urgency: 'person', operation }), said);
      return said;
    },
  };
}

function pausedForLong(connection: string, milliseconds: number): Error {
  const minutes = Math.ceil(milliseconds / 60_000);
  const message = `${connection} accepts no more calls from this team for ${minutes} minutes, as the team's store says.`;
  return fault('unreachable', message, 'Wait, then try again. subdeck team status shows the limits.', { connection });
}
