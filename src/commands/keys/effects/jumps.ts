import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen, withTop } from '../../../state/console-state.ts';
import {
  changesScreen,
  journalScreen,
  levelScreen,
  requestsScreen,
  subscriptionsScreen,
} from '../../../state/new-screens.ts';
import type { Screen } from '../../../state/screen.ts';
import { filtered } from '../../../state/screen-filter.ts';
import { callsScreen, todayScreen } from '../../../state/today-screens.ts';
import { push, pushOnce } from '../../../state/updates/navigate.ts';

/** A list that the palette opens by its name, with `/` and a filter behind it if wanted. */
interface Jump {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** Whether it is there only once. */
  readonly isSingle: boolean;
  screen(now: number): Screen;
}

const week = 7 * 86_400_000;
const isSingle = true;

const jumps: readonly Jump[] = [
  {
    ...{ name: 'sellers', aliases: ['seller'], summary: 'the sellers of all connections', isSingle: false },
    screen: () => levelScreen([], 'seller'),
  },
  {
    ...{
      name: 'resellers',
      aliases: ['reseller', 'res'],
      summary: 'the resellers of all connections',
      isSingle: false,
    },
    screen: () => levelScreen([], 'reseller'),
  },
  {
    ...{ name: 'organizations', aliases: ['organization', 'orgs', 'org', 'customers'] },
    ...{ summary: 'the organizations of all connections', isSingle: false },
    screen: () => levelScreen([], 'organization'),
  },
  {
    ...{ name: 'services', aliases: ['service', 'svc'], summary: 'the services of all connections', isSingle: false },
    screen: () => levelScreen([], 'service'),
  },
  {
    ...{ name: 'subscriptions', aliases: ['subscription', 'subs', 'sub', ''], summary: 'all subscriptions' },
    isSingle: false,
    screen: () => subscriptionsScreen([]),
  },
  {
    ...{ name: 'changes', aliases: [], summary: 'what changed between syncs in the last 7 days', isSingle: false },
    screen: (now) => changesScreen({ at: new Date(now - week).toISOString(), text: '7d' }, null),
  },
  { name: 'requests', aliases: ['request'], summary: 'requests at vendors', isSingle, screen: requestsScreen },
  { name: 'journal', aliases: [], summary: 'the journal', isSingle, screen: journalScreen },
  { name: 'today', aliases: [], summary: 'what needs attention', isSingle, screen: todayScreen },
  { name: 'calls', aliases: ['call'], summary: 'calls to vendors', isSingle, screen: callsScreen },
];

/** What a line of the palette opens: `orgs`, `@nordic`, `subscriptions /office`. */
export interface Destination {
  /** As Subdeck writes it. */
  readonly text: string;
  readonly summary: string;
  /** What is wrong with the filter; null: nothing. */
  readonly problem: string | null;
  open(state: ConsoleState): ConsoleState;
}

/** The lists that have no key of their own. */
export function jumpsWithoutKey(now: number): readonly Destination[] {
  return jumps.filter((jump) => !jump.isSingle).flatMap(({ name }) => destinationOf(name, [], now) ?? []);
}

/**
 * The list that a line names, by its name or an alias, filtered by what is behind a slash; null: it names none. A filter that
 * compares a field needs no slash: `subscriptions connection=nordic`.
 */
export function destinationOf(line: string, connections: readonly string[], now: number): Destination | null {
  const [named, filter] = split(line);
  if (named === '' && filter === null) return null;
  const name = named.toLowerCase();
  const connection = connections.find((each) => `@${each}`.toLowerCase() === name);
  const jump = jumps.find((each) => each.name === name || each.aliases.includes(name));
  if (connection === undefined && jump === undefined) return null;
  const text = connection === undefined ? (filter ?? '') : `connection=${connection} ${filter ?? ''}`;
  const found = filtered(jump?.screen(now) ?? subscriptionsScreen([]), text);
  const label = connection === undefined ? (jump?.name ?? '') : `@${connection}`;
  return {
    text: filter === null ? label : `${label} /${filter}`,
    summary: `${jump?.summary ?? 'its subscriptions'}${filter === null || filter === '' ? '' : ', filtered'}`,
    problem: found.ok ? null : found.message,
    open: (state) => (found.ok ? opened(state, found.screen, jump?.isSingle === true) : state),
  };
}

/** The name of a list, and the filter behind it; null: none. Words alone may be those of a command: `request list`. */
function split(line: string): readonly [name: string, filter: string | null] {
  const typed = line.trim();
  const space = typed.search(/\s/);
  const [first, rest] = space === -1 ? [typed, ''] : [typed.slice(0, space), typed.slice(space).trim()];
  const isFilter = /[:=<>]/.test(rest) && !rest.startsWith('/') && !/(?:^|\s)--/.test(rest);
  if (isFilter && !first.includes('/')) return [first, rest];
  const slash = line.indexOf('/');
  return slash === -1 ? [line.trim(), null] : [line.slice(0, slash).trim(), line.slice(slash + 1).trim()];
}

/** The sellers without a filter are where the console begins. */
function opened(state: ConsoleState, screen: Screen, isOnce: boolean): ConsoleState {
  if (screen.kind === 'level' && screen.level === 'seller') {
    const start = { ...state, stack: state.stack.slice(0, 1), overlay: null, status: null };
    const first = filtered(topScreen(start), screen.filterText);
    return first.ok ? withTop(start, first.screen) : start;
  }
  return isOnce ? pushOnce(state, screen) : push(state, screen);
}
