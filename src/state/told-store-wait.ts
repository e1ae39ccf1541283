import { type StoreWait, storeWaitText } from '../model/store-wait.ts';
import { type ConsoleState, topScreen } from './console-state.ts';

/** The team's store does not answer, and a person or a change waits for it. */
export function toldStoreWait(state: ConsoleState): StoreWait | null {
  const { storeWait } = state;
  if (storeWait === null) return null;
  const screen = topScreen(state);
  const isWaitedFor = isInBox(state) || (screen.kind === 'bulk' && screen.running);
  return isWaitedFor || storeWait.change !== null ? storeWait : null;
}

/** The same as a sentence; null: nobody needs to be told. */
export function toldStoreWaitText(state: ConsoleState): string | null {
  const wait = toldStoreWait(state);
  return wait === null ? null : storeWaitText(wait, state.now);
}

/** Says it in the status line, unless the box in front does. */
export function sayingStoreWait(state: ConsoleState): ConsoleState {
  const text = isInBox(state) ? null : toldStoreWaitText(state);
  return text === null ? state : { ...state, status: { text, tone: 'warn', fault: null, brief: false } };
}

function isInBox({ overlay }: ConsoleState): boolean {
  return overlay?.kind === 'sending' || overlay?.kind === 'waiting' || overlay?.kind === 'leave';
}
