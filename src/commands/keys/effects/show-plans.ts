import type { PlannedSubject } from '../../../model/open-plans.ts';
import { parseReference } from '../../../model/reference.ts';
import { type ConsoleState, topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { keptPlan } from '../../../state/today-screens.ts';
import { accountsIn } from '../../../today/today.ts';
import type { Using } from './deps.ts';

/** Tells the team which subscriptions are in the plan on this screen. Returns a function that stops it. */
export function showOpenPlans(store: ConsoleStore, { context }: Using<'connections' | 'openPlans'>): () => void {
  const { connections, openPlans } = context;
  const tell = (state: ConsoleState) => openPlans.show(subjectsOf(state, accountsIn(connections.list)));
  tell(store.getState());
  const stop = store.subscribe((state, before) => {
    if (state.overlay !== before.overlay || topScreen(state) !== topScreen(before)) tell(state);
  });
  return () => {
    stop();
    openPlans.show([]);
  };
}

function subjectsOf(state: ConsoleState, accountOf: ReturnType<typeof accountsIn>): readonly PlannedSubject[] {
  const screen = topScreen(state);
  const refs =
    state.overlay?.kind === 'plan'
      ? [state.overlay.plan.ref]
      : screen.kind === 'bulk'
        ? keptPlan(screen).rows.map(({ ref }) => ref)
        : [];
  return refs.flatMap((ref) => {
    const reference = ref === null ? null : parseReference(ref);
    const account = reference === null ? null : accountOf(reference.connection);
    return reference === null || account === null ? [] : [{ account, id: reference.id }];
  });
}
