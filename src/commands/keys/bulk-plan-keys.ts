import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import type { BulkScreen } from '../../state/today-screens.ts';
import type { Command } from '../command.ts';
import { askPlanFile, askRun, stopPlan } from './effects/bulk.ts';

function planOf(state: ConsoleState): BulkScreen | null {
  const screen = topScreen(state);
  return screen.kind === 'bulk' ? screen : null;
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
      unavailable: (state) => (planOf(state)?.path === null ? null : 'The plan is already saved.'),
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
        return plan.running ? 'The plan is running.' : null;
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
];
