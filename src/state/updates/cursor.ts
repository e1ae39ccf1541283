import { steppedBar } from '../chart-bars.ts';
import type { ConsoleState } from '../console-state.ts';
import { topScreen, withTop } from '../console-state.ts';
import { helpHeight, listHeight, paneOf, previewHeight, textHeight } from '../layout.ts';
import type { List } from '../list.ts';
import { clamp, moveTo } from '../list.ts';
import type { Menu } from '../overlay.ts';
import { rowId } from '../row-id.ts';
import { type Screen, tabOf } from '../screen.ts';

/** The distance: rows, pages, or to an end. */
export type Step = { readonly rows: number } | { readonly pages: number } | { readonly to: 'first' | 'last' };

/** Moves the cursor of the topmost element: a menu, a list, or scrolling text. */
export function move(state: ConsoleState, step: Step): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind === 'menu') return { ...state, overlay: moveMenu(overlay, step) };
  if (overlay?.kind === 'help') {
    const scroll = scrolled(overlay.scroll, step, overlay.length, helpHeight(state));
    return { ...state, overlay: { ...overlay, scroll } };
  }
  const pane = state.preview.isFocused && overlay === null ? paneOf(state) : null;
  if (pane !== null) return scrollPreview(state, step, previewHeight(pane));
  const screen = topScreen(state);
  switch (screen.kind) {
    case 'subscription':
      if (tabOf(screen).kind === 'timeline') {
        const timeline = stepped(screen.timeline, step, listHeight(state), rowId.timeline);
        return withTop(state, { ...screen, timeline });
      }
      return withTop(state, { ...screen, scroll: scrolled(screen.scroll, step, state.contentRows, textHeight(state)) });
    case 'entry':
    case 'reply':
      return withTop(state, { ...screen, scroll: scrolled(screen.scroll, step, state.contentRows, textHeight(state)) });
    case 'charts':
      return withTop(state, { ...screen, bar: steppedBar(screen, barsIn(step)) });
    default:
      return withTop(state, moveList(screen, step, listHeight(state)));
  }
}

function barsIn(step: Step): number {
  if ('rows' in step) return step.rows;
  if ('pages' in step) return step.pages * 10;
  return step.to === 'first' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Moves the text of the pane beside a list. */
export function scrollPreview(state: ConsoleState, step: Step, height: number): ConsoleState {
  const { preview } = state;
  return { ...state, preview: { ...preview, scroll: scrolled(preview.scroll, step, preview.length, height) } };
}

type ListScreen = Extract<Screen, { readonly list: unknown }>;

function moveList(screen: ListScreen, step: Step, height: number): Screen {
  switch (screen.kind) {
    case 'level':
      return { ...screen, list: stepped(screen.list, step, height, rowId.level) };
    case 'subscriptions':
      return { ...screen, list: stepped(screen.list, step, height, rowId.subscriptions) };
    case 'requests':
      return { ...screen, list: stepped(screen.list, step, height, rowId.requests) };
    case 'journal':
      return { ...screen, list: stepped(screen.list, step, height, rowId.journal) };
    case 'today':
      return { ...screen, list: stepped(screen.list, step, height, rowId.today) };
    case 'customer':
      return { ...screen, list: stepped(screen.list, step, height, rowId.customer) };
    case 'calls':
      return { ...screen, list: stepped(screen.list, step, height, rowId.calls) };
    case 'changes':
      return { ...screen, list: stepped(screen.list, step, height, rowId.timeline) };
    case 'bulk':
      return { ...screen, list: stepped(screen.list, step, height, rowId.bulk) };
  }
}

function stepped<Row>(list: List<Row>, step: Step, height: number, idOf: (row: Row) => string): List<Row> {
  if (list.total === 0) return list;
  return moveTo(list, target(list.index, list.total, step, height), height, idOf);
}

function target(index: number, total: number, step: Step, page: number): number {
  if ('rows' in step) return index + step.rows;
  if ('pages' in step) return index + step.pages * Math.max(1, page - 1);
  return step.to === 'first' ? 0 : total - 1;
}

function scrolled(scroll: number, step: Step, length: number, height: number): number {
  const highest = Math.max(0, length - height);
  const from = Math.min(scroll, highest);
  return clamp(target(from, highest + 1, step, height), highest);
}

function moveMenu(menu: Menu, step: Step): Menu {
  const index = menu.entries.findIndex((entry) => entry.id === menu.cursor);
  const at = clamp(target(Math.max(0, index), menu.entries.length, step, menu.entries.length), menu.entries.length - 1);
  return { ...menu, cursor: menu.entries[at]?.id ?? null };
}
