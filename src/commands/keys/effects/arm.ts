import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { subjectOf } from '../../../state/subject.ts';
import { connectionOf } from '../../../state/trail.ts';
import { say } from '../../../state/updates/status.ts';
import type { Using } from './deps.ts';

/** Arms write mode for the connection on screen, or asks for which one; an armed one is disarmed. */
export function arm(store: ConsoleStore, deps: Using<'writes' | 'settings'>): void {
  const state = store.getState();
  const screen = topScreen(state);
  const here = subjectOf(state)?.connection ?? ('trail' in screen ? connectionOf(screen.trail) : null);
  if (here !== null) {
    toggleArmed(store, deps, here);
    return;
  }
  const { arming } = deps.context.writes;
  const entries = state.connections.map(({ name, title }) => ({
    id: name,
    label: title,
    note: arming.armedUntil(name) === null ? 'read-only' : 'armed; choose it to disarm',
    unavailable: null,
  }));
  const cursor = entries[0]?.id ?? null;
  const title = 'Arm write mode for which connection?';
  store.update((before) => ({
    ...before,
    overlay: { kind: 'menu', purpose: 'arm', title, entries, cursor, subject: null },
  }));
}

export function toggleArmed(store: ConsoleStore, { context }: Using<'writes' | 'settings'>, connection: string): void {
  const { arming } = context.writes;
  const isArmed = arming.armedUntil(connection) !== null;
  if (isArmed) arming.disarm(connection);
  else arming.arm(connection);
  const text = isArmed
    ? `${connection} is read-only again.`
    : `${connection} is in write mode for ${context.settings.armMinutes} minutes.`;
  store.update((state) => say({ ...state, overlay: null }, text, isArmed ? 'plain' : 'warn'));
}
