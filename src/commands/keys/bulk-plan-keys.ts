import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import type { BulkScreen } from '../../state/today-screens.ts';
import type { Command } from '../command.ts';
import { askPlanFile, askRun, stopPlan } from './effects/bulk.ts';

function planOf(state: ConsoleState): BulkScreen | null {
  const screen = topScreen(state);
  return screen.kind === 'bulk' ? screen : null;
}

/** The keys of a plan of many changes: save it, review it, run it, stop it. */
export const bulkPlanKeys: readonly Command[] = [
  {
    id: 'save plan',
    summary: 'keep the plan in a file, to review it and to go on with it after a stop',
    keys: {
      keys: ['w'],
      scopes: ['bulk'],
      hint: 'save',
      unavailable: (state) => (planOf(state)?.path === null ? null : 'It is saved already.'),
      perform: ({ store }) => askPlanFile(store),
    },
  },
  {
    id: 'run plan',
    summary: 'send the plan, after it was confirmed by typing what it does',
    keys: {
      keys: ['x'],
      scopes: ['bulk'],
      hint: 'run',
      unavailable: (state) => {
        const plan = planOf(state);
        if (plan === null || plan.path === null) return 'Save it first: w. Then review it.';
        return plan.running ? 'It is running.' : null;
      },
      perform: ({ store }) => askRun(store),
    },
  },
  {
    id: 'stop plan',
    summary: 'stop after the row that is on its way',
    keys: {
      keys: ['s'],
      scopes: ['bulk'],
      hint: 'stop',
      unavailable: (state) => (planOf(state)?.running === true ? null : 'It is not running.'),
      perform: ({ store }) => stopPlan(store),
    },
  },
];
