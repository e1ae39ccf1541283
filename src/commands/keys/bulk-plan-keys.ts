import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import { type BulkScreen, keptPlan } from '../../state/today-screens.ts';
import { toggleDropped, whyNotDropped, whyNotTakenBack } from '../../state/updates/bulk.ts';
import type { Command } from '../command.ts';
import { askPlanFile, askReason, askRun, stopPlan, takeRowsBack } from './effects/bulk.ts';
import { readOnlyReason } from './reasons.ts';

function planOf(state: ConsoleState): BulkScreen | null {
  const screen = topScreen(state);
  return screen.kind === 'bulk' ? screen : null;
}

function noRows(plan: BulkScreen): string | null {
  return keptPlan(plan).rows.length === 0 ? 'All rows are dropped: Space puts one back.' : null;
}

/** The keys of a bulk plan: save it, review it, run it, stop it. */
export const bulkPlanKeys: readonly Command[] = [
  {
    id: 'save plan',
    summary: 'save the plan to a file, to review it and to resume it after a stop',
    keys: {
      keys: ['w'],
      scopes: ['bulk'],
      hint: 'save',
      unavailable: (state) => {
        const plan = planOf(state);
        if (plan === null || plan.path !== null) return 'The plan is already saved.';
        return noRows(plan);
      },
      perform: ({ store }) => askPlanFile(store),
    },
  },
  {
    id: 'run plan',
    summary: 'send the plan, after a typed confirmation',
    keys: {
      keys: ['x'],
      scopes: ['bulk'],
      hint: 'run',
      unavailable: (state) => {
        const plan = planOf(state);
        if (plan === null || plan.path === null) return 'Press w to save it, and review it first.';
        return plan.running ? 'The plan is running.' : noRows(plan);
      },
      perform: ({ store }) => askRun(store),
    },
  },
  {
    id: 'stop plan',
    summary: 'stop after the current row',
    keys: {
      keys: ['s'],
      scopes: ['bulk'],
      hint: 'stop',
      unavailable: (state) => (planOf(state)?.running === true ? null : 'The plan is not running.'),
      perform: ({ store }) => stopPlan(store),
    },
  },
  {
    id: 'drop row',
    summary: 'drop the row from the plan, or put it back',
    keys: {
      keys: ['space'],
      scopes: ['bulk'],
      hint: 'drop',
      unavailable: whyNotDropped,
      perform: ({ store }) => store.update(toggleDropped),
    },
  },
  {
    id: 'reason of plan',
    summary: 'give a reason for all changes of the plan, such as a ticket number',
    keys: {
      keys: ['tab'],
      scopes: ['bulk'],
      hint: 'reason',
      unavailable: (state) => (planOf(state)?.running === true ? 'The plan is running.' : null),
      perform: ({ store }) => askReason(store),
    },
  },
  {
    id: 'take rows back',
    summary: 'plan what takes the done rows back; sends nothing yet',
    keys: {
      keys: ['u'],
      scopes: ['bulk'],
      hint: 'take back',
      unavailable: (state) => whyNotTakenBack(state) ?? readOnlyReason(state),
      perform: ({ store, deps }) => takeRowsBack(store, deps),
    },
  },
];
