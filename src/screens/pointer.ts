import type { EffectContext } from '../commands/keys/effects/deps.ts';
import { open } from '../commands/keys/effects/open.ts';
import { choose } from '../commands/keys/effects/write-path.ts';
import { noteInput } from '../commands/keys/hasty-keys.ts';
import type { ConsoleState } from '../state/console-state.ts';
import { topScreen } from '../state/console-state.ts';
import { bannerLines, linesAboveList, listHeight, paneOf, previewHeight } from '../state/layout.ts';
import type { Menu } from '../state/overlay.ts';
import { move, scrollPreview } from '../state/updates/cursor.ts';
import { focusPreview } from '../state/updates/preview.ts';
import { menuContent, menuWindow } from './overlays/choice-content.ts';
import { overlayRoom, overlayTop } from './overlays/overlay-box.tsx';
import { overlayWidth } from './overlays/overlay-view.tsx';
import { makeTheme } from './parts/theme.ts';
import { withScopeColumns } from './table/scope-columns.ts';
import type { TerminalEvent } from './terminal/terminal-answer.ts';

type Pointed = Extract<TerminalEvent, { readonly kind: 'click' | 'wheel' }>;

const wheelRows = 3;
/** Breadcrumbs, title and column heads. */
const linesAbove = 3;

/**
 * Mouse actions: the wheel moves, a click puts the cursor on a row, a click on the row under the cursor opens it. Plans
 * and their results ignore the mouse: they are confirmed on the keyboard.
 */
export function point(effects: EffectContext, event: Pointed): void {
  const { store, deps } = effects;
  noteInput(store, deps.context.clock.monotonic());
  const state = store.getState();
  const { overlay } = state;
  if (overlay !== null && overlay.kind !== 'menu' && overlay.kind !== 'help') return;
  if (event.kind === 'wheel') {
    const rows = overlay?.kind === 'menu' ? 1 : wheelRows;
    const step = { rows: event.down ? rows : -rows };
    const pane = overlay === null ? paneOf(state) : null;
    const isOverPane = pane !== null && event.x >= pane.list;
    store.update((before) => {
      const pointed = pane === null ? before : focusPreview(before, isOverPane);
      return isOverPane ? scrollPreview(pointed, step, previewHeight(pane)) : move(pointed, step);
    });
  } else if (overlay?.kind === 'menu') pointInMenu(effects, overlay, event.x, event.y);
  else if (overlay === null) {
    const pane = paneOf(state);
    const isOverPane = pane !== null && event.x >= pane.list;
    store.update((before) => focusPreview(before, isOverPane));
    if (!isOverPane) pointInList(effects, event.y);
  }
}

function pointInList({ store, deps }: EffectContext, y: number): void {
  const state = store.getState();
  const index = rowAt(state, y);
  const screen = topScreen(state);
  if (index === null || !('list' in screen)) return;
  if (index === screen.list.index) open(store, deps);
  else store.update((before) => move(before, { rows: index - screen.list.index }));
}

/** The list position of the row on a screen row. */
function rowAt(state: ConsoleState, y: number): number | null {
  const screen = topScreen(state);
  const row = y - linesAbove - bannerLines(state).length - linesAboveList(state);
  if (!('list' in screen) || row < 0 || row >= listHeight(state)) return null;
  const index = screen.list.top + row;
  return index < screen.list.total ? index : null;
}

function pointInMenu({ store, deps }: EffectContext, menu: Menu, x: number, y: number): void {
  const state = store.getState();
  const { columns, rows } = state;
  const drawn = withScopeColumns(menu, state, plainTheme);
  const width = overlayWidth(drawn, columns, plainTheme);
  const room = overlayRoom(width);
  const left = Math.floor((columns - width) / 2);
  const lines = menuContent(drawn, room, rows, plainTheme).lines.length;
  const { top, height, above } = menuWindow(drawn, room, rows);
  const line = y - overlayTop(lines + 2, rows) - 1 - above.length;
  const entry = line < 0 || line >= height || x <= left || x >= left + width - 1 ? undefined : menu.entries[top + line];
  if (entry === undefined) return;
  if (entry.id === menu.cursor) choose(store, deps);
  else store.update((state) => ({ ...state, overlay: { ...menu, cursor: entry.id } }));
}

/** Only lines are counted. */
const plainTheme = makeTheme({
  contrast: 'normal',
  marks: 'unicode',
  spinner: false,
  colour: false,
  background: 'dark',
});
