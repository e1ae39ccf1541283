import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Hit } from '../../../state/search/find-rows.ts';
import { subjectOf } from '../../../state/subject.ts';
import type { Command } from '../../command.ts';
import { flagsOf } from '../../standard-flags.ts';
import { offlineReason, readOnlyReason } from '../reasons.ts';
import type { EffectDeps } from './deps.ts';
import { type Destination, destinationOf, jumpsWithoutKey } from './jumps.ts';
import { commandOf } from './typed-line.ts';

/** One entry of the palette. `complete` puts the words into the line, since arguments are needed. */
export interface Suggestion {
  readonly text: string;
  readonly summary: string;
  readonly unavailable: string | null;
  readonly does: 'jump' | 'key' | 'run' | 'complete' | 'hit';
  /** The line after Tab, if it differs from the text. */
  readonly line?: string;
  readonly hit?: Hit;
}

/**
 * The palette's entries for the typed text: exact matches, then prefixes, then substrings. Places, keys and commands
 * match substrings in order, the recently chosen first; hits come from the cached rows of every vendor.
 */
export function suggestions(
  store: ConsoleStore,
  deps: Pick<EffectDeps, 'commands' | 'runWords'>,
): readonly Suggestion[] {
  const state = store.getState();
  const { overlay } = state;
  if (overlay?.kind !== 'palette') return [];
  const hits = overlay.hits.map(ofHit);
  if (overlay.ticket !== null) return hits;
  const line = overlay.line.text.trimStart();
  const typed = line.trim().toLowerCase();
  if (typed === '') return recentFirst(known(store, deps), state.recent, hits);
  const command = deps.runWords === null ? null : commandOf(line, deps.commands);
  if (command !== null) return inCommand(command, line, state);
  const isHit = (text: string) => hits.some((hit) => hit.line === text);
  const all = recentFirst(
    known(store, deps),
    state.recent.filter((text) => !isHit(text)),
  );
  const words = typed.split(/\s+/);
  const matching = all.filter((each) =>
    words.every((word) => `${each.text} ${each.summary}`.toLowerCase().includes(word)),
  );
  const names = state.connections.map(({ name }) => name);
  const destination = destinationOf(line, names, state.now);
  // A screen with a key has an entry of its own, unless it is filtered.
  const isOwn = destination !== null && !matching.some(({ text }) => text === destination.text);
  const typedList = isOwn ? [ofDestination(destination)] : [];
  const equal = (each: Suggestion) => each.text.toLowerCase() === typed || each.text === destination?.text;
  const begins = (each: Suggestion) => !equal(each) && each.text.toLowerCase().startsWith(typed);
  // Hits have their order: where a customer and its product meet comes before an exact name.
  const exact = hits.findLastIndex(({ hit }) => hit?.exact === true) + 1;
  return [
    ...typedList,
    ...matching.filter(equal),
    ...hits.slice(0, exact),
    ...matching.filter(begins),
    ...hits.slice(exact),
    ...matching.filter((each) => !equal(each) && !begins(each)),
  ];
}

function ofDestination({ text, summary, problem }: Destination): Suggestion {
  return { text, summary, unavailable: problem, does: 'jump' };
}

function ofHit(hit: Hit): Suggestion {
  const how = hit.exact ? 'is' : 'contains';
  const line = hit.target.kind === 'subscription' ? hit.target.ref : hit.name;
  return {
    text: hit.name,
    summary: `${hit.about} · ${how} “${hit.matched}”`,
    unavailable: null,
    does: 'hit',
    hit,
    line,
  };
}

/** Places, keys and commands, each once. */
function known(store: ConsoleStore, deps: Pick<EffectDeps, 'commands' | 'runWords'>): readonly Suggestion[] {
  const state = store.getState();
  const all = [
    ...jumpsWithoutKey(state.now).map(ofDestination),
    ...state.connections.map(
      (view): Suggestion => ({ text: `@${view.name}`, summary: view.title, unavailable: null, does: 'jump' }),
    ),
    ...keyed(store, deps.commands),
    ...(deps.runWords === null ? [] : deps.commands.filter(({ words }) => words !== undefined)).map(
      (command): Suggestion => ({
        text: command.id,
        summary: command.summary,
        unavailable: whyNot(command, state),
        does: needsMore(command, state) ? 'complete' : 'run',
      }),
    ),
  ];
  return [...new Map(all.toReversed().map((each) => [each.text, each])).values()].toReversed();
}

/** Recently chosen entries first; a subscription is shown by name. */
function recentFirst(
  all: readonly Suggestion[],
  recent: readonly string[],
  hits: readonly Suggestion[] = [],
): readonly Suggestion[] {
  const taken = recent.map(
    (text): Suggestion =>
      hits.find((each) => each.line === text) ??
      all.find((each) => each.text === text) ?? { text, summary: 'again', unavailable: null, does: 'complete' },
  );
  return [...taken, ...all.filter((each) => !taken.includes(each) && !recent.includes(each.text))];
}

/** Keys of this screen and of every screen; keys of other screens with the screens they work on. */
function keyed(store: ConsoleStore, commands: readonly Command[]): readonly Suggestion[] {
  const scope = topScreen(store.getState()).kind;
  return commands.flatMap((command): readonly Suggestion[] => {
    const { keys: face, id, summary } = command;
    if (face === undefined || (face.hint === undefined && !face.scopes.includes('any'))) return [];
    const isHere = face.scopes.includes(scope) || face.scopes.includes('any');
    const places = face.scopes.flatMap((each) => placeNames[each] ?? []);
    if (!isHere && places.length === 0) return [];
    const unavailable = isHere ? (face.unavailable?.(store.getState()) ?? null) : `Only on ${places.join(', ')}.`;
    return [{ text: id, summary, unavailable, does: 'key' }];
  });
}

const placeNames: Readonly<Record<string, string>> = {
  level: 'a level’s list',
  subscriptions: 'a list of subscriptions',
  subscription: 'a subscription',
  customer: 'a customer',
  requests: 'the requests',
  journal: 'the journal',
  entry: 'a journal entry',
  today: 'today',
  calls: 'the calls',
  charts: 'the charts',
  bulk: 'a bulk plan',
};

/** Why a command cannot run now, or null. */
function whyNot({ id, words }: Command, state: ConsoleState, isElsewhere = false): string | null {
  const unable = state.overlay?.kind === 'palette' && !isElsewhere ? state.overlay.unable[id] : undefined;
  if (unable !== undefined) return unable;
  if (words?.notInConsole !== undefined) return words.notInConsole;
  const readOnly = words?.kind === 'write' ? readOnlyReason(state) : null;
  if (readOnly !== null) return readOnly;
  const asksVendor = words?.kind === 'write' || words?.needsNetwork === true;
  return asksVendor ? offlineReason(state) : null;
}

/** Whether the command names a subscription, so that the one on screen is irrelevant. */
function namesAnother(line: string, { connections }: ConsoleState): boolean {
  return connections.some(({ name }) => line.includes(` ${name}/`));
}

function needsMore(command: Command, state: ConsoleState): boolean {
  const needed = command.words?.args.filter((arg) => arg.optional !== true && arg.rest !== true) ?? [];
  const given = needed[0]?.name === 'REF' && subjectOf(state) !== null ? 1 : 0;
  return needed.length > given;
}

/** After a complete command: what Enter does, then the possible next words. */
function inCommand(command: Command, line: string, state: ConsoleState): readonly Suggestion[] {
  const { words } = command;
  if (words === undefined) return [];
  const last = lastWord(line);
  const before = line.slice(0, line.length - last.length);
  const flags = flagsOf(words);
  const given = before.split(/\s+/).filter((word) => word !== '');
  const previous = /^--([\w-]+)$/.exec(given.at(-1) ?? '')?.[1];
  const asked = flags.find(({ name, value }) => name === previous && value !== undefined);
  const next = (text: string, summary: string): Suggestion => ({
    ...{ text, summary, unavailable: null, does: 'complete' },
    line: `${before}${text} `,
  });
  const names = state.connections.map(({ name, title }) => next(name, title));
  const isName = (asked === undefined ? words.args[0]?.completes : asked.completes) === 'connection';
  const values =
    asked === undefined
      ? flags
          .filter(({ name }) => !given.some((word) => word === `--${name}` || word.startsWith(`--${name}=`)))
          .map(({ name, help }) => next(`--${name}`, help))
      : (asked.choices ?? []).map((choice) => next(choice, asked.help));
  const wantsRef = asked === undefined && words.args[0]?.name === 'REF' && last !== '' && !last.startsWith('-');
  const refs = (wantsRef ? hitsOf(state) : []).flatMap(({ name, about, target }) =>
    target.kind === 'subscription' && target.ref !== last
      ? [next(target.ref, `${name} · ${about.replace('subscription · ', '')}`)]
      : [],
  );
  const fitting = [...(isName ? names : []), ...values].filter(({ text }) => text.startsWith(last) && text !== last);
  const args = words.args.map(({ name, optional }) => (optional === true ? `[${name}]` : name)).join(' ');
  const does =
    words.kind === 'write' && words.writeRequest !== undefined ? 'opens the plan; nothing is sent yet' : 'runs it';
  const run: Suggestion = {
    text: line.trim(),
    summary: `${does}   ${args}`,
    unavailable: whyNot(command, state, namesAnother(line, state)),
    does: 'run',
  };
  return [run, ...refs, ...fitting];
}

/** What stands behind the last space; empty where a space ends the line. */
function lastWord(line: string): string {
  return line.split(/\s/).at(-1) ?? '';
}

function hitsOf({ overlay }: ConsoleState): readonly Hit[] {
  return overlay?.kind === 'palette' ? overlay.hits : [];
}
