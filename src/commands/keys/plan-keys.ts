import {
  givenByKeys,
  isTyped,
  keepReason,
  leavePlan,
  leaveReason,
  openReason,
  otherPlanKey,
  planProblem,
  whyNotSent,
} from '../../state/updates/plan.ts';
import { say } from '../../state/updates/status.ts';
import { notByHand } from '../../writes/confirmation.ts';
import type { Command } from '../command.ts';
import { arm } from './effects/arm.ts';
import type { EffectContext } from './effects/deps.ts';
import { send } from './effects/write-path.ts';
import { whenQuiet } from './hasty-keys.ts';

/** Sends if every check passes; otherwise the box says which one failed. */
function confirm({ store, deps }: EffectContext): void {
  const { overlay, lastKey } = store.getState();
  if (overlay?.kind !== 'plan') return;
  const given = givenByKeys(overlay, lastKey);
  const problem = whyNotSent(overlay, given);
  const isSent = problem === null && whenQuiet(store, () => send(store, deps, given));
  if (!isSent) store.update((state) => planProblem(state, problem ?? notByHand));
}

/** Write mode, plans and sending. The dispatcher ignores a plan's keys until the plan has been visible for a moment. */
export const planKeys: readonly Command[] = [
  {
    id: 'arm',
    summary: 'arm write mode for some minutes, or disarm it',
    keys: {
      keys: ['W'],
      scopes: ['any'],
      unavailable: ({ armed, readOnly }) => {
        if (readOnly !== false) return readOnly === true ? 'Subdeck was started read-only.' : readOnly.message;
        return armed === null ? 'Write mode is always on (armMinutes is not set).' : null;
      },
      perform: ({ store, deps }) => arm(store, deps),
    },
  },
  {
    id: 'send',
    summary: 'send a plan that can be undone',
    keys: {
      keys: ['y'],
      scopes: ['plan'],
      unavailable: ({ overlay }) =>
        overlay?.kind === 'plan' && isTyped(overlay) ? 'This plan needs a typed confirmation.' : null,
      perform: confirm,
    },
  },
  {
    id: 'send typed',
    summary: 'send the plan that was confirmed by typing',
    keys: {
      keys: ['enter'],
      scopes: ['plan'],
      perform: (effects) => {
        const { overlay } = effects.store.getState();
        if (overlay?.kind !== 'plan') return;
        if (isTyped(overlay)) confirm(effects);
        else effects.store.update(otherPlanKey);
      },
    },
  },
  {
    id: 'do not send',
    summary: 'go back without sending; to the form, if there was one',
    keys: {
      keys: ['escape'],
      scopes: ['plan'],
      hint: 'back, send nothing',
      perform: ({ store }) => store.update((state) => say(leavePlan(state), 'Nothing was sent.')),
    },
  },
  {
    id: 'reason',
    summary: 'give a reason, such as a ticket number, for the journal and the receipt',
    keys: { keys: ['tab'], scopes: ['plan'], hint: 'reason', perform: ({ store }) => store.update(openReason) },
  },
  {
    id: 'keep reason',
    summary: 'keep the reason, and go back to the plan',
    keys: {
      keys: ['enter', 'tab'],
      scopes: ['plan-reason'],
      hint: 'keep',
      perform: ({ store }) => store.update(keepReason),
    },
  },
  {
    id: 'drop reason',
    summary: 'go back to the plan; the reason stays as it was',
    keys: {
      keys: ['escape'],
      scopes: ['plan-reason'],
      hint: 'back',
      perform: ({ store }) => store.update(leaveReason),
    },
  },
  {
    id: 'leave while sending',
    summary: 'quit while a write is being sent',
    keys: {
      keys: ['ctrl+c', 'q'],
      scopes: ['sending'],
      hint: 'leave',
      perform: ({ store }) =>
        store.update((state) =>
          state.overlay?.kind === 'sending'
            ? { ...state, overlay: { kind: 'leave', exitCode: state.lastKey === 'q' ? 0 : 130, over: state.overlay } }
            : state,
        ),
    },
  },
  {
    id: 'leave anyway',
    summary: 'quit; the write stays unknown in the journal until it is settled',
    keys: {
      keys: ['y'],
      scopes: ['leave'],
      hint: 'leave anyway',
      perform: ({ store, deps }) => {
        const { overlay } = store.getState();
        if (overlay?.kind === 'leave') deps.exit(overlay.exitCode);
      },
    },
  },
  {
    id: 'stay',
    summary: 'wait for the answer',
    keys: {
      keys: ['escape', 'n', 'enter'],
      scopes: ['leave'],
      hint: 'wait',
      perform: ({ store }) =>
        store.update((state) => (state.overlay?.kind === 'leave' ? { ...state, overlay: state.overlay.over } : state)),
    },
  },
];
