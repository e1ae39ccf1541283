import type { ReactNode } from 'react';
import { useEffect } from 'react';
import type { Command } from '../../commands/command.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { ConsoleStore } from '../../state/console-store.ts';
import { helpHeight } from '../../state/layout.ts';
import { clamp } from '../../state/list.ts';
import type { Help } from '../../state/overlay.ts';
import { caretPieces } from '../parts/caret.ts';
import type { PieceLine } from '../parts/fields.ts';
import { helpLines } from './help-content.ts';
import { OverlayBox, overlayBoxWidth, overlayRoom } from './overlay-box.tsx';

interface HelpProps {
  readonly help: Help;
  readonly store: ConsoleStore;
  readonly state: ConsoleState;
  readonly commands: readonly Command[];
}

/** The keys of the screen below. Reports its length to the console, which limits scrolling. */
export function HelpOverlay({ help, store, state, commands }: HelpProps): ReactNode {
  const width = overlayBoxWidth(state.columns);
  const { find } = help;
  const lines = helpLines(commands, state, overlayRoom(width), find?.text ?? '');
  const { length } = lines;
  useEffect(() => {
    store.update((before) =>
      before.overlay?.kind === 'help' && before.overlay.length !== length
        ? { ...before, overlay: { ...before.overlay, length } }
        : before,
    );
  }, [store, length]);
  const height = helpHeight(state);
  const typed: readonly PieceLine[] =
    find === null ? [] : [[{ text: '/ ', tone: 'accent' }, ...caretPieces(find, overlayRoom(width) - 2)], []];
  const top = clamp(help.scroll, Math.max(0, length - height));
  const part = length > height ? `  ${top + 1}–${Math.min(length, top + height)} of ${length}  ↑ ↓ PgDn` : '';
  return (
    <OverlayBox
      content={{ title: `Keys${part}`, tone: 'accent', lines: [...typed, ...lines.slice(top, top + height)] }}
      width={width}
      columns={state.columns}
      rows={state.rows}
    />
  );
}
