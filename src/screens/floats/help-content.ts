import type { Command } from '../../commands/command.ts';
import { vendorsCommand } from '../../commands/words/vendors.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import type { ConsoleStore } from '../../state/console-store.ts';
import { reachable } from '../../state/dispatch.ts';
import type { PieceLine } from '../parts/fields.ts';
import { keyName } from '../parts/key-names.ts';
import { fitTo } from '../text/fit.ts';
import { ruleLines } from './rule-lines.ts';

/** Every key of the screen below, from the same table that the keys themselves come from. */
export function helpLines(
  table: readonly Command[],
  console: ConsoleStore,
  state: ConsoleState,
  room: number,
): readonly PieceLine[] {
  const here = reachable(table, [topScreen(state).kind]);
  const anywhere = reachable(table, [topScreen(state).kind, 'any']).filter((command) => !here.includes(command));
  const line = (command: Command): PieceLine => {
    const keys = (command.keys?.keys ?? []).map(keyName).join(' ');
    const reason = command.keys?.unavailable?.(console) ?? null;
    return [
      { text: `${fitTo(keys, 18)} `, tone: reason === null ? 'key' : 'dim' },
      { text: command.summary, tone: reason === null ? 'plain' : 'dim' },
      { text: reason === null ? '' : `  ${reason}`, tone: 'dim' },
    ];
  };
  // Nine keys for nine tabs are one line.
  const tabs = here.filter((command) => /^tab \d$/.test(command.id));
  const numbers: readonly PieceLine[] =
    tabs.length === 0 ? [] : [[{ text: fitTo('1 … 9', 19), tone: 'key' }, { text: 'a tab by its number' }]];
  return [
    ...ruleLines(state, room),
    [{ text: 'On this screen', tone: 'title' }],
    ...here.filter((command) => !tabs.includes(command)).map(line),
    ...numbers,
    [],
    [{ text: 'Everywhere', tone: 'title' }],
    ...anywhere.map(line),
    [{ text: fitTo(`:${vendorsCommand.id}`, 19), tone: 'key' }, { text: vendorsCommand.summary }],
  ];
}
