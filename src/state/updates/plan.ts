import {
  type Confirmation,
  type ConfirmationGiven,
  confirmablePlan,
  confirmation,
  whyNotConfirmed,
} from '../../writes/confirmation.ts';
import type { Plan } from '../../writes/contract.ts';
import type { ConsoleState } from '../console-state.ts';
import type { PlanBox } from '../overlay.ts';
import { settleMilliseconds } from '../overlay.ts';
import { edit, insert, textLine } from '../text-line.ts';

export function openPlan(
  state: ConsoleState,
  plan: Plan,
  { reason, form }: Pick<PlanBox, 'reason' | 'form'>,
): ConsoleState {
  const box: PlanBox = {
    kind: 'plan',
    plan,
    reason,
    form,
    openedBy: state.lastKey,
    drawnAt: null,
    fits: false,
    typed: textLine(),
    problem: null,
  };
  return { ...state, overlay: box };
}

/** Sends nothing, and goes back to the form if there was one. */
export function leavePlan(state: ConsoleState): ConsoleState {
  if (state.overlay?.kind !== 'plan') return state;
  const { form } = state.overlay;
  return { ...state, overlay: form === null ? null : { kind: 'form', form } };
}

/** Called after each drawing of the box. The time starts over if the box did not fit before. */
export function planDrawn(state: ConsoleState, fits: boolean, at: number): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'plan') return state;
  const drawnAt = fits ? (overlay.drawnAt ?? at) : null;
  if (overlay.fits === fits && overlay.drawnAt === drawnAt) return state;
  return { ...state, overlay: { ...overlay, fits, drawnAt } };
}

/** Whether keys count: the complete box has been visible long enough to be read. */
export function planListens(box: PlanBox, at: number): boolean {
  return box.fits && box.drawnAt !== null && at - box.drawnAt >= settleMilliseconds;
}

/** The confirmation that the plan on screen requires. */
export function planConfirmation({ plan, openedBy }: PlanBox, by: 'keys' | 'screen reader' = 'keys'): Confirmation {
  return confirmation(confirmablePlan(plan), by === 'keys' ? { by, openedBy } : { by });
}

/** Whether the confirmation is typed. */
export function isTyped(box: PlanBox): boolean {
  return planConfirmation(box).kind === 'typed';
}

/** Why this confirmation does not send the plan now, or null if it does. */
export function whyNotSent(
  box: PlanBox,
  given: ConfirmationGiven,
  by: 'keys' | 'screen reader' = 'keys',
): string | null {
  if (!box.fits) return 'This plan does not fit on the screen, so it cannot be confirmed. Make the terminal larger.';
  return whyNotConfirmed(planConfirmation(box, by), given);
}

/** The confirmation given by keys: the typed text, or the last key. */
export function givenByKeys(box: PlanBox, lastKey: string | null): ConfirmationGiven {
  return isTyped(box)
    ? { kind: 'line', text: box.typed.text, isByHand: true }
    : { kind: 'key', key: lastKey ?? '', isByHand: true };
}

export function typePlan(state: ConsoleState, text: string): ConsoleState {
  return changed(state, (box) => ({ ...box, typed: insert(box.typed, text), problem: null }));
}

export function editPlan(state: ConsoleState, key: string): ConsoleState {
  return changed(state, (box) => ({ ...box, typed: edit(box.typed, key) ?? box.typed, problem: null }));
}

/** Any other key closes nothing: the box says which keys there are. */
export function otherPlanKey(state: ConsoleState): ConsoleState {
  return planProblem(state, 'Only y and Esc work here. Nothing was sent.');
}

export function planProblem(state: ConsoleState, problem: string): ConsoleState {
  return changed(state, (box) => ({ ...box, problem }));
}

function changed(state: ConsoleState, change: (box: PlanBox) => PlanBox): ConsoleState {
  return state.overlay?.kind === 'plan' ? { ...state, overlay: change(state.overlay) } : state;
}
