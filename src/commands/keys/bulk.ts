import { topScreen } from '../../state/console-state.ts';
import type { ConsoleStore } from '../../state/console-store.ts';
import type { BulkScreen } from '../../state/today-screens.ts';
import type { Command } from '../command.ts';

function planOf(console: ConsoleStore): BulkScreen | null {
  const screen = topScreen(console.getState());
  return screen.kind === 'bulk' ? screen : null;
}

/** The keys of a plan of many changes: save it, review it, run it, stop it. */
export const bulkCommands: readonly Command[] = [
  {
    id: 'save plan',
    summary: 'keep the plan in a file, to review it and to go on with it after a stop',
    keys: {
      keys: ['w'],
      scopes: ['bulk'],
      hint: 'save',
      unavailable: (console) => (planOf(console)?.path === null ? null : 'It is saved already.'),
      perform: (console) => console.effects.bulk('save'),
    },
  },
  {
    id: 'run plan',
    summary: 'send the plan, after it was confirmed by typing what it does',
    keys: {
      keys: ['x'],
      scopes: ['bulk'],
      hint: 'run',
      unavailable: (console) => {
        const plan = planOf(console);
        if (plan === null || plan.path === null) return 'Save it first: w. Then review it.';
        return plan.running ? 'It is running.' : null;
      },
      perform: (console) => console.effects.bulk('run'),
    },
  },
  {
    id: 'stop plan',
    summary: 'stop after the row that is on its way',
    keys: {
      keys: ['s'],
      scopes: ['bulk'],
      hint: 'stop',
      unavailable: (console) => (planOf(console)?.running === true ? null : 'It is not running.'),
      perform: (console) => console.effects.bulk('stop'),
    },
  },
];
