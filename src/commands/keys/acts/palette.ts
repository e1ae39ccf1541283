import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { push } from '../../../state/moves/navigate.ts';
import { say } from '../../../state/moves/status.ts';
import { levelScreen, subscriptionsScreen } from '../../../state/new-screens.ts';
import { textLine } from '../../../state/text-line.ts';
import type { Command } from '../../command.ts';
import type { Reach } from './reach.ts';
import { faultOf } from './reported.ts';
import { splitWords } from './split-words.ts';
import { subjectOf } from './write-path.ts';

/** One line of the palette. `complete` puts the words into the line, since more are needed. */
export interface Suggestion {
  readonly text: string;
  readonly summary: string;
  readonly unavailable: string | null;
  readonly does: 'jump' | 'key' | 'run' | 'complete';
}

const jumps: readonly { readonly text: string; readonly summary: string }[] = [
  { text: 'sellers', summary: 'the sellers of all connections' },
  { text: 'organizations', summary: 'the organizations of all connections' },
  { text: 'subscriptions', summary: 'every subscription there is' },
];

/** What the palette offers for what is typed: places first, then what keys do, then words. Substrings, in their order. */
export function suggestions(store: ConsoleStore, reach: Pick<Reach, 'words' | 'keys'>): readonly Suggestion[] {
  const state = store.getState();
  if (state.overlay?.kind !== 'palette') return [];
  const typed = state.overlay.line.text.trim().toLowerCase();
  const all = [
    ...jumps.map((jump): Suggestion => ({ ...jump, unavailable: null, does: 'jump' })),
    ...state.connections.map(
      (view): Suggestion => ({ text: `@${view.name}`, summary: view.title, unavailable: null, does: 'jump' }),
    ),
    ...keyed(store, reach.keys),
    ...reach.words.map(
      (command): Suggestion => ({
        text: command.id,
        summary: command.summary,
        unavailable: null,
        does: needsMore(command, state) ? 'complete' : 'run',
      }),
    ),
  ];
  const words = typed.split(/\s+/);
  const matching = all.filter((each) =>
    words.every((word) => `${each.text} ${each.summary}`.toLowerCase().includes(word)),
  );
  const begins = (each: Suggestion) => each.text.toLowerCase().startsWith(typed);
  return [...matching.filter(begins), ...matching.filter((each) => !begins(each))];
}

function keyed(store: ConsoleStore, keys: readonly Command[]): readonly Suggestion[] {
  const scope = topScreen(store.getState()).kind;
  return keys
    .filter(
      ({ keys: face }) => face?.hint !== undefined && (face.scopes.includes(scope) || face.scopes.includes('any')),
    )
    .map((command) => ({
      text: command.id,
      summary: command.summary,
      unavailable: command.keys?.unavailable?.(store) ?? null,
      does: 'key',
    }));
}

function needsMore(command: Command, state: ConsoleState): boolean {
  const needed = command.words?.args.filter((arg) => arg.optional !== true && arg.rest !== true) ?? [];
  const given = needed[0]?.name === 'REF' && subjectOf(state) !== null ? 1 : 0;
  return needed.length > given;
}

/** Enter in the palette: what is typed in full is run; otherwise the picked line is taken. */
export function runPalette(store: ConsoleStore, reach: Reach): void {
  const { overlay } = store.getState();
  if (overlay?.kind !== 'palette') return;
  const typed = overlay.line.text.trim();
  const offered = suggestions(store, reach);
  const picked = offered[overlay.picked];
  const longer = reach.words.some(({ id }) => typed.startsWith(`${id} `));
  if (longer || picked === undefined) run(store, reach, typed);
  else take(store, reach, picked);
}

function take(store: ConsoleStore, reach: Reach, picked: Suggestion): void {
  const { text, unavailable } = picked;
  if (unavailable !== null) {
    store.update((state) => say(state, `${text}: ${unavailable}`, 'warn'));
    return;
  }
  switch (picked.does) {
    case 'jump':
      store.update((state) => jump({ ...state, overlay: null }, text));
      break;
    case 'key':
      store.update((state) => ({ ...state, overlay: null }));
      reach.keys.find(({ id }) => id === text)?.keys?.perform(store);
      break;
    case 'complete':
      store.update((state) => ({ ...state, overlay: { kind: 'palette', line: textLine(`${text} `), picked: 0 } }));
      break;
    case 'run':
      run(store, reach, text);
      break;
  }
}

function jump(state: ConsoleState, to: string): ConsoleState {
  if (to === 'sellers') return { ...state, stack: state.stack.slice(0, 1), status: null };
  if (to === 'organizations') return push(state, levelScreen([], 'organization'));
  if (to === 'subscriptions') return push(state, subscriptionsScreen([]));
  const pin = { level: 'seller', connection: to.slice(1), id: null } as const;
  const screen = subscriptionsScreen([]);
  const text = `connection=${pin.connection}`;
  return push(state, {
    ...screen,
    filterText: text,
    filter: [{ negated: false, kind: 'equals', field: 'connection', text: pin.connection }],
  });
}

function run(store: ConsoleStore, reach: Reach, typed: string): void {
  const { runWords } = reach;
  if (typed === '') return;
  if (runWords === null) {
    store.update((state) => say(state, 'Words are not available here.', 'warn'));
    return;
  }
  const argv = withReference(splitWords(typed), reach.words, store.getState());
  const overlay = {
    kind: 'waiting',
    text: `subdeck ${argv.join(' ')}`,
    since: reach.context.clock.now(),
    over: null,
  } as const;
  const aborting = new AbortController();
  store.update((state) => ({ ...state, overlay }));
  const stopWatching = store.subscribe((state) => {
    if (state.overlay !== overlay) aborting.abort();
  });
  void runWords(argv, aborting.signal)
    .catch((error: unknown) => ({ lines: [], faults: [faultOf(error)] }))
    .then(({ lines, faults }) => {
      stopWatching();
      if (store.getState().overlay !== overlay) return;
      store.update((state) => push(state, { kind: 'reply', title: argv.join(' '), lines, faults, scroll: 0 }));
    });
}

/** On a subscription REF may be left out: it is put where the command wants it. */
export function withReference(
  argv: readonly string[],
  words: readonly Command[],
  state: ConsoleState,
): readonly string[] {
  const subject = subjectOf(state);
  const command = words
    .filter(({ id }) => `${argv.join(' ')} `.startsWith(`${id} `))
    .toSorted((one, other) => other.id.length - one.id.length)[0];
  if (subject === null || command?.words?.args[0]?.name !== 'REF') return argv;
  const used = command.id.split(' ').length;
  const given = argv[used];
  const isReference = given !== undefined && state.connections.some(({ name }) => given.startsWith(`${name}/`));
  return isReference ? argv : [...argv.slice(0, used), subject.ref, ...argv.slice(used)];
}
