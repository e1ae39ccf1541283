import { activeScopes } from '../../state/active-key-scopes.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { ConsoleStore } from '../../state/console-store.ts';
import { dispatch } from '../../state/dispatch.ts';
import type { KeyPress } from '../../state/key-press.ts';
import { edit, insert } from '../../state/text-line.ts';
import { typeFilter } from '../../state/updates/filter.ts';
import { editInForm, pasteInForm, typeInForm } from '../../state/updates/form.ts';
import { typeInHelp } from '../../state/updates/help.ts';
import { pastePalette, typePalette } from '../../state/updates/palette.ts';
import {
  editPlan,
  isAsking,
  isTyped,
  otherPlanKey,
  planListens,
  planProblem,
  typePlan,
} from '../../state/updates/plan.ts';
import { forget, say } from '../../state/updates/status.ts';
import { typePrompt } from '../../state/updates/views.ts';
import { notByHand } from '../../writes/confirmation.ts';
import type { EffectContext } from './effects/deps.ts';
import { arrived } from './hasty-keys.ts';

/** More keys than this in one piece of input were not typed by hand. */
const mostTypedAtOnce = 3;

const tooSoon = 'That key came too soon after the plan appeared. Read it, then press again. Nothing was sent.';

/**
 * Handles one piece of terminal input: each key in turn, in the state that the one before left. `at` is its arrival
 * (monotonic ms). A plan ignores keys that arrive before it has been visible long enough, and says so.
 */
export function press(effects: EffectContext, presses: readonly KeyPress[], at: number): void {
  const { store } = effects;
  if (presses.length > 0 && arrived(store, at)) store.update((state) => planProblem(state, notByHand));
  for (const key of presses) {
    if (!heard(store.getState(), key, at)) {
      if (key.text !== null) store.update((state) => planProblem(state, tooSoon));
      continue;
    }
    store.update((state) => forget(state.lastKey === key.name ? state : { ...state, lastKey: key.name }));
    if (isAsking(store.getState()) && presses.length > mostTypedAtOnce) {
      store.update((state) => planProblem(state, notByHand));
      return;
    }
    pressOne(effects, key, presses.length === 1);
  }
}

/** Pasted text goes into text fields only: it never acts as keys, and it never confirms. */
export function paste(store: ConsoleStore, text: string, at: number): void {
  arrived(store, at);
  store.update((state) => {
    if (state.overlay?.kind === 'palette' && isTicket(text)) return pastePalette(state, text);
    if (state.overlay?.kind === 'prompt' && state.overlay.purpose === 'run-plan') {
      return { ...state, overlay: { ...state.overlay, problem: notByHand } };
    }
    if (state.overlay?.kind === 'form') return pasteInForm(state, text);
    return isAsking(state) ? planProblem(state, notByHand) : type(state, text);
  });
}

/** A text of several lines, or one longer than a line holds. */
function isTicket(text: string): boolean {
  return /[\r\n]/.test(text.trim()) || text.length > longestLine;
}

const longestLine = 200;

function heard(state: ConsoleState, key: KeyPress, at: number): boolean {
  const { overlay } = state;
  if (overlay?.kind !== 'plan' || !isAsking(state)) return true;
  return key.name === 'escape' || key.name === 'ctrl+c' || planListens(overlay, at);
}

function pressOne(effects: EffectContext, key: KeyPress, alone: boolean): void {
  const { store, deps } = effects;
  const state = store.getState();
  if (key.text !== null && takesText(state)) {
    const { text } = key;
    store.update((before) => type(before, text));
    return;
  }
  const command = dispatch(deps.commands, activeScopes(state), key.name);
  if (command === null) {
    store.update((before) => unbound(before, key.name));
    return;
  }
  // A sending key must arrive alone: together with others it was not an answer to what is on screen.
  if (isAsking(state) && !alone) return;
  const reason = command.keys?.unavailable?.(state) ?? null;
  if (reason === null) command.keys?.perform(effects);
  else store.update((before) => say(before, reason, 'warn'));
}

function takesText({ overlay }: ConsoleState): boolean {
  switch (overlay?.kind) {
    case 'filter':
    case 'palette':
    case 'form':
    case 'prompt':
      return true;
    case 'help':
      return overlay.find !== null;
    case 'plan':
      return overlay.reasonLine !== null || isTyped(overlay);
    default:
      return false;
  }
}

function type(state: ConsoleState, text: string): ConsoleState {
  switch (state.overlay?.kind) {
    case 'filter':
      return typeFilter(state, insert(state.overlay.line, text));
    case 'palette':
      return typePalette(state, insert(state.overlay.line, text));
    case 'help':
      return state.overlay.find === null ? state : typeInHelp(state, insert(state.overlay.find, text));
    case 'form':
      return typeInForm(state, text);
    case 'prompt':
      return typePrompt(state, insert(state.overlay.line, text));
    case 'plan':
      return typePlan(state, text);
    default:
      return state;
  }
}

/** A key without a command: it may edit a text. It closes nothing. */
function unbound(state: ConsoleState, key: string): ConsoleState {
  switch (state.overlay?.kind) {
    case 'filter': {
      const line = edit(state.overlay.line, key);
      return line === null ? state : typeFilter(state, line);
    }
    case 'palette': {
      const line = edit(state.overlay.line, key);
      return line === null ? state : typePalette(state, line);
    }
    case 'prompt': {
      const line = edit(state.overlay.line, key);
      return line === null ? state : typePrompt(state, line);
    }
    case 'help': {
      const line = state.overlay.find === null ? null : edit(state.overlay.find, key);
      return line === null ? state : typeInHelp(state, line);
    }
    case 'form':
      return editInForm(state, key);
    case 'plan':
      return isAsking(state) && !isTyped(state.overlay) ? otherPlanKey(state) : editPlan(state, key);
    default:
      return state;
  }
}
