import type { ConsoleState } from './console-state.ts';
import type { Screen, Stack } from './screen.ts';

/** Maximum number of previous screens. */
const longest = 50;

/** After opening another screen: remembers the previous one, and drops the screens ahead. */
export function recorded(before: ConsoleState, after: ConsoleState): ConsoleState {
  if (before.stack === after.stack || before.past !== after.past) return after;
  if (isSamePlace(before.stack, after.stack)) return after;
  return { ...after, past: [...before.past, before.stack].slice(-longest), future: [] };
}

/** Back to the previous screen, as it was left. */
export function goBack(state: ConsoleState): ConsoleState {
  const stack = state.past.at(-1);
  if (stack === undefined) return state;
  return { ...arrived(state, stack), past: state.past.slice(0, -1), future: [state.stack, ...state.future] };
}

/** Forward to the screen that `goBack` left. */
export function goForward(state: ConsoleState): ConsoleState {
  const [stack, ...future] = state.future;
  if (stack === undefined) return state;
  return { ...arrived(state, stack), past: [...state.past, state.stack], future };
}

function arrived(state: ConsoleState, stack: Stack): ConsoleState {
  return { ...state, stack, overlay: null, status: null, contentRows: 0 };
}

/** Whether the screens show the same things, regardless of their cursors; most of them are the same objects. */
function isSamePlace(before: Stack, after: Stack): boolean {
  return (
    before.length === after.length &&
    after.every((screen, at) => {
      const other = before[at];
      return screen === other || (other !== undefined && addressOf(screen) === addressOf(other));
    })
  );
}

/** Which place a screen shows, whatever its filter and its cursor. */
export function addressOf(screen: Screen): string {
  const pins = 'trail' in screen ? screen.trail.map((crumb) => crumb.pin) : [];
  const what = 'ref' in screen ? screen.ref : 'id' in screen ? screen.id : 'level' in screen ? screen.level : '';
  return JSON.stringify([screen.kind, what, pins]);
}
