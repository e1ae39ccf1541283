import {
  type Confirmation,
  type ConfirmationGiven,
  confirmablePlan,
  confirmation,
  largeText,
  whyNotConfirmed,
} from '../../writes/confirmation.ts';
import type { Plan } from '../../writes/contract.ts';
import { reasonFault } from '../../writes/request-text.ts';
import type { ConsoleState } from '../console-state.ts';
import type { PlanBox } from '../overlay.ts';
import { settleMilliseconds } from '../overlay.ts';
import { edit, insert, proposedLine, type TextLine, textLine } from '../text-line.ts';

export function openPlan(
  state: ConsoleState,
  plan: Plan,
  { reason, form }: Pick<PlanBox, 'reason' | 'form'>,
): ConsoleState {
  const box: PlanBox = {
    kind: 'plan',
    plan,
    reason,
    reasonLine: null,
    form,
    guard: state.guard,
    openedBy: state.lastKey,
    drawnAt: null,
    fits: false,
    typed: textLine(),
    problem: null,
  };
  return { ...state, overlay: box };
}

/** Sends nothing, and goes back to the form if there was one, as it was filled in. */
export function leavePlan(state: ConsoleState): ConsoleState {
  if (state.overlay?.kind !== 'plan') return state;
  const { form, reason } = state.overlay;
  return { ...state, overlay: form === null ? null : { kind: 'form', form: { ...form, reason } } };
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
export function planConfirmation(
  { plan, guard, openedBy }: PlanBox,
  by: 'keys' | 'screen reader' = 'keys',
): Confirmation {
  return confirmation(confirmablePlan(plan, guard), by === 'keys' ? { by, openedBy } : { by });
}

/** Whether the confirmation is typed. */
export function isTyped(box: PlanBox): boolean {
  return planConfirmation(box).kind === 'typed';
}

/** Why the confirmation is typed, in sentences. */
export function whyTyped({ plan, guard }: PlanBox): string {
  const large = largeText(confirmablePlan(plan, guard));
  return [plan.irreversible ? 'This cannot be undone.' : null, large].filter((part) => part !== null).join(' ');
}

/** Why this confirmation does not send the plan now, or null if it does. */
export function whyNotSent(
  box: PlanBox,
  given: ConfirmationGiven,
  by: 'keys' | 'screen reader' = 'keys',
): string | null {
  if (box.reasonLine !== null) return 'The reason is still being typed. Nothing was sent.';
  if (!box.fits) return 'This plan does not fit on the screen, so it cannot be confirmed. Make the terminal larger.';
  return whyNotConfirmed(planConfirmation(box, by), given);
}

/** The confirmation given by keys: the typed text, or the last key. */
export function givenByKeys(box: PlanBox, lastKey: string | null): ConfirmationGiven {
  return isTyped(box)
    ? { kind: 'line', text: box.typed.text, isByHand: true }
    : { kind: 'key', key: lastKey ?? '', isByHand: true };
}

/** Types into the reason while that is open, else into the confirmation. */
export function typePlan(state: ConsoleState, text: string): ConsoleState {
  return editLine(state, (line) => insert(line, text));
}

export function editPlan(state: ConsoleState, key: string): ConsoleState {
  return editLine(state, (line) => edit(line, key) ?? line);
}

function editLine(state: ConsoleState, how: (line: TextLine) => TextLine): ConsoleState {
  return changed(state, (box) =>
    box.reasonLine === null
      ? { ...box, typed: how(box.typed), problem: null }
      : { ...box, reasonLine: how(box.reasonLine), problem: null },
  );
}

/** Whether keys answer the plan: not while its reason is typed. */
export function isAsking({ overlay }: ConsoleState): boolean {
  return overlay?.kind === 'plan' && overlay.reasonLine === null;
}

export function openReason(state: ConsoleState): ConsoleState {
  return changed(state, (box) => ({ ...box, reasonLine: proposedLine(box.reason ?? ''), problem: null }));
}

/** Goes back to the plan, which counts as drawn anew: how it is confirmed was not shown meanwhile. */
export function leaveReason(state: ConsoleState): ConsoleState {
  return changed(state, (box) => ({ ...box, reasonLine: null, drawnAt: null, problem: null }));
}

/** Keeps the typed reason, or says what is wrong with it. */
export function keepReason(state: ConsoleState): ConsoleState {
  if (state.overlay?.kind !== 'plan' || state.overlay.reasonLine === null) return state;
  const given = giveReason(state, state.overlay.reasonLine.text);
  return given.overlay?.kind === 'plan' && given.overlay.problem === null ? leaveReason(given) : given;
}

/** Only blanks: no reason. */
export function giveReason(state: ConsoleState, text: string): ConsoleState {
  const reason = text.trim() === '' ? null : text.trim();
  const wrong = reasonFault(reason);
  return changed(state, (box) =>
    wrong === null ? { ...box, reason, problem: null } : { ...box, problem: wrong.message },
  );
}

/** Any other key closes nothing: the box says which keys there are. */
export function otherPlanKey(state: ConsoleState): ConsoleState {
  return planProblem(state, 'Only y, Tab and Esc work here. Nothing was sent.');
}

export function planProblem(state: ConsoleState, problem: string): ConsoleState {
  return changed(state, (box) => ({ ...box, problem }));
}

function changed(state: ConsoleState, change: (box: PlanBox) => PlanBox): ConsoleState {
  return state.overlay?.kind === 'plan' ? { ...state, overlay: change(state.overlay) } : state;
}
