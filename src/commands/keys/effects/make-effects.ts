import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Acts } from '../../../state/effects.ts';
import { arm } from './arm.ts';
import { askPlanFile, askRun, stopPlan } from './bulk.ts';
import { openCopy } from './copy.ts';
import { beginCreation } from './create.ts';
import type { Reach } from './deps.ts';
import { markShown } from './mark-shown.ts';
import { open, openJournal, openRequests, openSubscriptions } from './open.ts';
import { completePalette, openPalette, pickSuggestion, run, runPalette } from './palette.ts';
import { submitPrompt } from './prompt.ts';
import { lookNow, refresh } from './refresh.ts';
import { settle } from './settle.ts';
import { choose, openActions, send, submitForm } from './write-path.ts';

/** The acts of a console over what it may reach. */
export function makeActs(reach: Reach): (store: ConsoleStore) => Acts {
  return (store) => ({
    open: () => open(store, reach),
    openSubscriptions: () => openSubscriptions(store),
    openRequests: () => openRequests(store),
    openJournal: () => openJournal(store),
    refresh: () => refresh(store, reach),
    markShown: () => markShown(store, reach),
    copy: () => openCopy(store, reach),
    arm: () => arm(store, reach),
    bulk: (what) => ({ save: askPlanFile, run: askRun, stop: stopPlan })[what](store),
    submitPrompt: () => submitPrompt(store, reach),
    openActions: () => openActions(store, reach),
    create: () => beginCreation(store, reach),
    choose: () => choose(store, reach),
    submitForm: () => submitForm(store, reach),
    send: () => send(store, reach),
    settle: () => settle(store, reach),
    openPalette: () => openPalette(store, reach),
    runPalette: () => runPalette(store, reach),
    runWords: (words) => run(store, reach, words),
    pickSuggestion: (by) => pickSuggestion(store, reach, by),
    completePalette: () => completePalette(store, reach),
    lookNow: () => lookNow(store, reach),
    redraw: () => reach.terminal.redraw(),
    suspend: () => reach.terminal.suspend(),
    quit: (code) => reach.exit(code),
  });
}
