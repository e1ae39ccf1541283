import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Effects } from '../../../state/effects.ts';
import { arm } from './arm.ts';
import { askPlanFile, askRun, stopPlan } from './bulk.ts';
import { openCopy } from './copy.ts';
import { beginCreation } from './create.ts';
import type { EffectDeps } from './deps.ts';
import { markShown } from './mark-shown.ts';
import { open, openJournal, openRequests, openSubscriptions } from './open.ts';
import { completePalette, openPalette, pickSuggestion, run, runPalette } from './palette.ts';
import { submitPrompt } from './prompt.ts';
import { pollNow, refresh } from './refresh.ts';
import { settle } from './settle.ts';
import { choose, openActions, send, submitForm } from './write-path.ts';

/** The effects of a console over what it may reach. */
export function makeEffects(deps: EffectDeps): (store: ConsoleStore) => Effects {
  return (store) => ({
    open: () => open(store, deps),
    openSubscriptions: () => openSubscriptions(store),
    openRequests: () => openRequests(store),
    openJournal: () => openJournal(store),
    refresh: () => refresh(store, deps),
    markShown: () => markShown(store, deps),
    copy: () => openCopy(store, deps),
    arm: () => arm(store, deps),
    bulk: (what) => ({ save: askPlanFile, run: askRun, stop: stopPlan })[what](store),
    submitPrompt: () => submitPrompt(store, deps),
    openActions: () => openActions(store, deps),
    create: () => beginCreation(store, deps),
    choose: () => choose(store, deps),
    submitForm: () => submitForm(store, deps),
    send: () => send(store, deps),
    settle: () => settle(store, deps),
    openPalette: () => openPalette(store, deps),
    runPalette: () => runPalette(store, deps),
    runWords: (words) => run(store, deps, words),
    pickSuggestion: (by) => pickSuggestion(store, deps, by),
    completePalette: () => completePalette(store, deps),
    pollNow: () => pollNow(store, deps),
    redraw: () => deps.terminal.redraw(),
    suspend: () => deps.terminal.suspend(),
    quit: (code) => deps.exit(code),
  });
}
