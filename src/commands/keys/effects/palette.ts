import type { ConsoleState } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { subscriptionScreen } from '../../../state/new-screens.ts';
import type { PaletteLine } from '../../../state/overlay.ts';
import { findByRef } from '../../../state/read-screen.ts';
import type { Screen } from '../../../state/screen.ts';
import type { Hit } from '../../../state/search/find-rows.ts';
import { subjectOf } from '../../../state/subject.ts';
import { textLine } from '../../../state/text-line.ts';
import { push } from '../../../state/updates/navigate.ts';
import * as updates from '../../../state/updates/palette.ts';
import { say } from '../../../state/updates/status.ts';
import type { ArgumentSpec, Command } from '../../command.ts';
import type { Context } from '../../context.ts';
import { openCustomerOf } from './customer.ts';
import type { EffectDeps, Using } from './deps.ts';
import { below, crumbOf } from './descend.ts';
import { destinationOf } from './jumps.ts';
import { entryScreen } from './open.ts';
import { planWriteRequest } from './plan-request.ts';
import { faultOf } from './reported.ts';
import type { Suggestion } from './suggestions.ts';
import { suggestions } from './suggestions.ts';
import { commandOf, recentLine, splitWords } from './typed-line.ts';
import { unableOf } from './unable.ts';

/** Without secrets a vendor cannot be created, so its reasons are unknown: running the command reports the fault. */
export function openPalette(
  store: ConsoleStore,
  { context, commands }: Pick<EffectDeps, 'commands'> & Using<'connections'>,
): void {
  store.update(updates.openPalette);
  const subject = subjectOf(store.getState());
  if (subject === null) return;
  context.connections.vendor(subject.connection).then(
    ({ abilities }) => store.update((state) => updates.knowUnable(state, unableOf(commands, abilities))),
    () => undefined,
  );
}

export function pickSuggestion(store: ConsoleStore, deps: Pick<EffectDeps, 'commands' | 'runWords'>, by: number): void {
  const { length } = suggestions(store, deps);
  store.update((state) => updates.pickSuggestion(state, by, length));
}

/** Tab: completes the line with the picked entry; a hit becomes its REF or its name. */
export function completePalette(store: ConsoleStore, deps: Pick<EffectDeps, 'commands' | 'runWords'>): void {
  const { overlay } = store.getState();
  if (overlay?.kind !== 'palette') return;
  const picked = suggestions(store, deps)[overlay.picked];
  if (picked === undefined) return;
  const text = picked.line ?? (picked.does === 'complete' || picked.does === 'run' ? `${picked.text} ` : picked.text);
  store.update((state) => updates.typePalette(state, textLine(text)));
}

/** Enter: runs or opens the picked entry. Pasted text never runs as a command. */
export function runPalette(store: ConsoleStore, deps: EffectDeps): void {
  const { overlay } = store.getState();
  if (overlay?.kind !== 'palette') return;
  const picked = suggestions(store, deps)[overlay.picked];
  if (picked !== undefined) take(store, deps, picked);
  else if (overlay.searching !== null) runOnceFound(store, deps, overlay);
  else if (overlay.ticket === null) run(store, deps, overlay.line.text.trim());
}

/** Enter behind a pasted text, before the search ended: what comes first opens then, unless another key came. */
function runOnceFound(store: ConsoleStore, deps: EffectDeps, { asked, line }: PaletteLine): void {
  store.update((state) => say(state, 'Still searching: what is found first opens.'));
  const stop = store.subscribe(({ overlay }) => {
    const isSame = overlay?.kind === 'palette' && overlay.asked?.text === asked?.text && overlay.line === line;
    if (isSame && overlay.searching !== null && overlay.hits.length === 0) return;
    stop();
    if (isSame && overlay.hits.length > 0) runPalette(store, deps);
  });
}

function take(store: ConsoleStore, deps: EffectDeps, picked: Suggestion): void {
  const { text, unavailable, hit } = picked;
  if (unavailable !== null) {
    store.update((state) => say(state, `${text}: ${unavailable}`, 'warn'));
    return;
  }
  if (picked.does === 'complete') {
    store.update((state) => updates.openPaletteWith(state, picked.line ?? `${text} `));
    return;
  }
  if (picked.does !== 'run') {
    store.update((state) => updates.remembered(state, hit === undefined ? text : (picked.line ?? text)));
  }
  if (hit !== undefined) openHit(store, deps, hit);
  else if (picked.does === 'jump') store.update((state) => jump({ ...state, overlay: null }, text));
  else if (picked.does === 'run') run(store, deps, text);
  else {
    store.update((state) => ({ ...state, overlay: null }));
    deps.commands.find(({ id }) => id === text)?.keys?.perform({ store, deps });
  }
}

function openHit(
  store: ConsoleStore,
  deps: Using<'cache' | 'clock' | 'connections' | 'journal'>,
  { target }: Hit,
): void {
  if (target.kind === 'customer') {
    openCustomerOf(store, deps, target.organization);
    return;
  }
  const screen = screenOf(target, deps.context);
  store.update((state) => (screen === null ? say(state, 'It is no longer in the cache.') : push(state, screen)));
}

function screenOf(
  target: Exclude<Hit['target'], { kind: 'customer' }>,
  { cache, journal }: Pick<Context, 'cache' | 'journal'>,
): Screen | null {
  switch (target.kind) {
    case 'subscription':
      return subscriptionScreen([], target.ref);
    case 'node':
      return below(cache, [crumbOf(target.node)], target.node.level);
    case 'entry': {
      const entry = journal.entry(target.id);
      return entry === null ? null : entryScreen(entry, journal);
    }
  }
}

/** A recent entry may name what is gone. */
function jump(state: ConsoleState, to: string): ConsoleState {
  const names = state.connections.map(({ name }) => name);
  return destinationOf(to, names, state.now)?.open(state) ?? say(state, `There is no list “${to}”.`, 'warn');
}

/** Runs a typed command; a write opens its plan. */
export function run(store: ConsoleStore, deps: EffectDeps, typed: string): void {
  const { runWords } = deps;
  if (typed === '') return;
  if (runWords === null) {
    store.update((state) => say(state, 'Commands are not available here.', 'warn'));
    return;
  }
  const argv = withReference(splitWords(typed), deps.commands, store.getState());
  const overlay = {
    kind: 'waiting',
    text: `:${argv.join(' ')}`,
    since: deps.context.clock.now(),
    over: null,
  } as const;
  const aborting = new AbortController();
  const line = recentLine(typed, deps.commands);
  store.update((state) => ({ ...(line === null ? state : updates.remembered(state, line)), overlay }));
  const stopWatching = store.subscribe((state) => {
    if (state.overlay !== overlay) aborting.abort();
  });
  void runWords(argv, aborting.signal)
    .catch((error: unknown) => ({
      ...{ lines: [], isData: false, write: null, screen: null, asks: false },
      faults: [faultOf(error)],
    }))
    .then(({ lines, isData, faults, write, screen, asks }) => {
      stopWatching();
      if (store.getState().overlay !== overlay) return;
      if (asks) {
        deps.leaveFor(argv);
        return;
      }
      if (screen !== null) {
        store.update((state) => push(state, screen));
        return;
      }
      if (write === null) {
        store.update((state) =>
          push(state, {
            kind: 'reply',
            title: argv.join(' '),
            lines,
            isData,
            faults,
            filterText: '',
            scroll: 0,
            hiddenCells: 0,
          }),
        );
        return;
      }
      const { writeRequest, reason } = write;
      const seen = 'ref' in writeRequest ? findByRef(deps.context.cache, writeRequest.ref) : null;
      void planWriteRequest(store, deps, writeRequest, seen, reason);
    });
}

/** Whether there are as many words as the command demands, so that the first of them is an id alone. */
function isWhole(args: readonly ArgumentSpec[], given: readonly string[]): boolean {
  const [flag, rest] = [given.findIndex((word) => word.startsWith('-')), args.some((arg) => arg.rest)];
  const words = flag === -1 ? given : given.slice(0, flag);
  const fixed = args.filter((arg) => !arg.rest).length;
  return rest ? words.length > 0 && words[0]?.includes('=') === false : words.length >= fixed;
}

/** On a subscription REF may be left out: it is inserted at its position. */
function withReference(argv: readonly string[], commands: readonly Command[], state: ConsoleState): readonly string[] {
  const subject = subjectOf(state);
  const command = commandOf(`${argv.join(' ')} `, commands);
  if (subject === null || command?.words?.args[0]?.name !== 'REF') return argv;
  const used = command.id.split(' ').length;
  const given = argv[used];
  const isReference = given !== undefined && state.connections.some(({ name }) => given.startsWith(`${name}/`));
  return isReference || isWhole(command.words.args, argv.slice(used))
    ? argv
    : [...argv.slice(0, used), subject.ref, ...argv.slice(used)];
}
