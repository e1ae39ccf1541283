import { printable } from '../../../model/printable.ts';
import { parseReference } from '../../../model/reference.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { rowUnderCursor } from '../../../state/list.ts';
import { say } from '../../../state/moves/status.ts';
import { rowId } from '../../../state/row-id.ts';
import type { Screen } from '../../../state/screen.ts';
import type { Reach } from './reach.ts';

/**
 * Puts ids on the clipboard of the terminal itself (OSC 52), which works over ssh too where the terminal allows it. What
 * steers a terminal goes as a mark: an id with a line end in it would run as a command where it is pasted.
 */
export function copy(store: ConsoleStore, { terminal }: Reach): void {
  const ids = idsOn(topScreen(store.getState()));
  if (ids.length === 0) return;
  const base64 = Buffer.from(ids.map(printable).join('\n'), 'utf8').toString('base64');
  terminal.send(`\u001b]52;c;${base64}\u0007`);
  const what = ids.length === 1 ? 'The id' : `${ids.length} ids`;
  store.update((state) => say(state, `${what} went to the terminal's clipboard (OSC 52).`, 'good'));
}

function idsOn(screen: Screen): readonly string[] {
  switch (screen.kind) {
    case 'level': {
      const id = rowUnderCursor(screen.list, rowId.level)?.id;
      return id === null || id === undefined ? [] : [id];
    }
    case 'subscriptions': {
      const refs = screen.marks.size > 0 ? [...screen.marks] : [screen.list.cursor];
      return refs.flatMap((ref) => (ref === null ? [] : idOf(ref)));
    }
    case 'subscription':
      return idOf(screen.ref);
    case 'requests':
    case 'journal':
      return screen.list.cursor === null ? [] : [screen.list.cursor];
    case 'entry':
      return [screen.id];
    default:
      return [];
  }
}

function idOf(ref: string): readonly string[] {
  const reference = parseReference(ref);
  return reference === null ? [] : [reference.id];
}
