import type { ConsoleStore } from '../../../state/console-store.ts';
import { saveView } from '../../../state/updates/views.ts';
import { giveReason, planMarked, runPlan, savePlan } from './bulk.ts';
import type { Using } from './deps.ts';
import { writeExport } from './export.ts';

/** Handles the answer of a prompt. */
export function submitPrompt(
  store: ConsoleStore,
  deps: Using<'cache' | 'calls' | 'clock' | 'connections' | 'journal' | 'settings' | 'writes'>,
): void {
  const { overlay } = store.getState();
  if (overlay?.kind !== 'prompt') return;
  const { text } = overlay.line;
  if (overlay.purpose === 'view') store.update(saveView);
  else if (overlay.purpose === 'plan-reason') answered(giveReason(store, text));
  else if (text.trim() === '')
    store.update((state) => ({ ...state, overlay: { ...overlay, problem: 'Type something.' } }));
  else if (overlay.purpose === 'export') void writeExport(store, deps, overlay.about ?? '', text);
  else {
    const answers = {
      marked: () => planMarked(store, deps, overlay.about ?? '', text),
      'plan-file': () => savePlan(store, text),
      'run-plan': () => runPlan(store, deps, text),
    };
    answered(answers[overlay.purpose]());
  }

  function answered(problem: string | null): void {
    if (problem !== null) store.update((state) => ({ ...state, overlay: { ...overlay, problem } as typeof overlay }));
  }
}
