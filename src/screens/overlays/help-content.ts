import type { Command } from '../../commands/command.ts';
import { vendorsCommand } from '../../commands/words/vendors.ts';
import { fold } from '../../model/filter-fold.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import { reachable } from '../../state/dispatch.ts';
import { subjectOf } from '../../state/subject.ts';
import { deadlineOf, deadlineText } from '../../today/deadline.ts';
import type { PieceLine } from '../parts/fields.ts';
import { fieldLines } from '../parts/fields.ts';
import { keyName } from '../parts/key-names.ts';
import { widthOf } from '../text/cells.ts';
import { fitTo } from '../text/fit.ts';
import { wrap } from '../text/wrap.ts';

/** Keys of every screen, and commands, that hold all words: the screen below first. */
function foundLines(table: readonly Command[], state: ConsoleState, room: number, find: string): readonly PieceLine[] {
  const words = fold(find).split(/\s+/u);
  const matches = (text: string) => words.every((word) => fold(text).includes(word));
  const reached = reachable(table, [topScreen(state).kind, 'any']);
  const keys = table.filter(({ keys: face, id, summary }) => {
    return (
      face !== undefined && face.keys.length > 0 && matches(`${face.keys.map(keyName).join(' ')} ${id} ${summary}`)
    );
  });
  const here = keys.filter((command) => reached.includes(command));
  const elsewhere = keys.filter((command) => !reached.includes(command));
  const typed = table.filter(({ words: face, id, summary }) => face !== undefined && matches(`${id} ${summary}`));
  const part = (title: string, lines: readonly PieceLine[]): readonly PieceLine[] =>
    lines.length === 0 ? [] : [[{ text: title, tone: 'title' }], ...lines, []];
  const lines = [
    ...part(
      'On this screen and everywhere',
      here.flatMap((command) => commandLines(command, command.keys?.unavailable?.(state) ?? null, room)),
    ),
    ...part(
      'Elsewhere',
      elsewhere.flatMap(({ keys: face, summary }) =>
        said((face?.keys ?? []).map(keyName).join(' '), `${summary} (${(face?.scopes ?? []).join(', ')})`, null, room),
      ),
    ),
    ...part(
      'Commands, after :',
      typed.flatMap(({ id, summary }) => said(`:${id}`, summary, null, room)),
    ),
  ];
  return lines.length > 0 ? lines : [[{ text: 'Nothing in the help has these words.' }]];
}

/** Every key of the screen below, from the table that the keys themselves come from; or what is looked for. */
export function helpLines(
  table: readonly Command[],
  state: ConsoleState,
  room: number,
  find: string,
): readonly PieceLine[] {
  if (find.trim() !== '') return foundLines(table, state, room, find.trim());
  const here = reachable(table, [topScreen(state).kind]);
  const anywhere = reachable(table, [topScreen(state).kind, 'any']).filter((command) => !here.includes(command));
  const linesOf = (command: Command) => commandLines(command, command.keys?.unavailable?.(state) ?? null, room);
  // The nine keys for nine tabs are one line.
  const tabs = here.filter((command) => /^tab \d$/.test(command.id));
  const numbers: readonly PieceLine[] =
    tabs.length === 0
      ? []
      : [[{ text: fitTo('1 … 9', keysWidth + 1), tone: 'key' }, { text: 'open a tab by its number' }]];
  return [
    ...ruleLines(state, room),
    [{ text: 'On this screen', tone: 'title' }],
    ...here.filter((command) => !tabs.includes(command)).flatMap(linesOf),
    ...numbers,
    [],
    [{ text: 'Everywhere', tone: 'title' }],
    ...anywhere.flatMap(linesOf),
    ...said(`:${vendorsCommand.id}`, vendorsCommand.summary, null, room),
    ...said(':help keys', 'how to change keys', null, room),
  ];
}

const keysWidth = 18;

function commandLines({ keys, summary }: Command, reason: string | null, room: number): readonly PieceLine[] {
  return said((keys?.keys ?? []).map(keyName).join(' '), summary, reason, room);
}

/** Keys or commands, what they do, and why they are unavailable: in full, wrapped. */
function said(names: string, summary: string, reason: string | null, room: number): readonly PieceLine[] {
  const left = room - keysWidth - 1;
  const tone = reason === null ? 'plain' : 'dim';
  const beside = reason !== null && widthOf(`${summary}  ${reason}`) <= left ? `  ${reason}` : '';
  const below = reason === null || beside !== '' ? [] : wrap(reason, left - 2).map((text) => `  ${text}`);
  const [first = '', ...more] = [...wrap(`${summary}${beside}`, left), ...below];
  return [
    [
      { text: `${fitTo(names, keysWidth)} `, tone: reason === null ? 'key' : 'dim' },
      { text: first, tone },
    ],
    ...more.map((text): PieceLine => [{ text: ' '.repeat(keysWidth + 1) }, { text, tone }]),
  ];
}

/** The vendor's rules behind the dates of the row under the cursor; empty if no row has dates. */
function ruleLines(state: ConsoleState, room: number): readonly PieceLine[] {
  const row = subjectOf(state);
  if (row === null) return [];
  const rules = state.connections.find(({ name }) => name === row.connection)?.deadlines.rules;
  if (rules === undefined) return [];
  const reader = { now: state.now };
  const until = deadlineOf(row.cancellableUntil, reader);
  const said = (label: string, value: string) => fieldLines({ label, value }, room, 18);
  return [
    [{ text: `The vendor’s rules for this line (${row.vendor})`, tone: 'title' }],
    ...said('Cancel', `${until === null ? '' : `${deadlineText(until, reader)}. `}${rules.cancellation}`),
    ...said(row.isTrial ? 'End of the trial' : 'Renewal', row.isTrial ? rules.trial : rules.renewal),
    [],
  ];
}
