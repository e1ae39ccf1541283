import { nearest } from '../model/nearest.ts';
import type { Bound } from './dispatch.ts';
import type { KeyScope } from './key-scopes.ts';

/** `keys` of the settings: other keys for commands, by their ids. */
export type OwnKeys = Readonly<Record<string, string | readonly string[]>>;

/** Scopes where letters are text, so they run no command. */
const typing: readonly KeyScope[] = ['filter', 'palette', 'form', 'prompt'];
const onScreens: readonly KeyScope[] = [
  'level',
  'subscriptions',
  'subscription',
  'customer',
  'requests',
  'journal',
  'entry',
  'reply',
  'today',
  'calls',
  'charts',
  'bulk',
];
const named =
  /^(?:up|down|left|right|pageup|pagedown|home|end|enter|tab|shift\+tab|backspace|delete|escape|space|(?:ctrl|alt)\+(?:space|[^\s\p{Lu}]))$/u;

/** This key always quits, so that no settings can lock a user in. */
const alwaysLeaves = { id: 'interrupt', key: 'ctrl+c' } as const;
/** Control letters that a terminal sends as another key. */
const sentAs: Readonly<Record<string, string>> = {
  'ctrl+h': 'backspace',
  'ctrl+i': 'tab',
  'ctrl+j': 'enter',
  'ctrl+m': 'enter',
  'ctrl+[': 'escape',
};

/**
 * The table with the user's key bindings instead of the defaults. A key assigned to one command is removed from the
 * others of its scopes; an invalid key is ignored.
 */
export function withOwnKeys<Command extends Bound>(table: readonly Command[], given: OwnKeys): readonly Command[] {
  const own = byPresentId(table, given);
  const mine = table.flatMap(({ id, keys }) => {
    const list = usableKeys(own, id);
    return list === null || keys === undefined ? [] : [{ id, keys: list, scopes: keys.scopes }];
  });
  return table.map((command) => {
    if (command.keys === undefined) return command;
    const { keys: standard, scopes } = command.keys;
    const kept = (key: string) =>
      !mine.some((other) => other.id !== command.id && other.keys.includes(key) && meet(other.scopes, scopes));
    const keys = usableKeys(own, command.id) ?? standard.filter(kept);
    return keys === standard ? command : { ...command, keys: { ...command.keys, keys } };
  });
}

/** What is wrong with the user's key bindings, one sentence each. */
export function keyProblems(table: readonly Bound[], given: OwnKeys): readonly string[] {
  const own = byPresentId(table, given);
  const bound = withOwnKeys(table, own);
  return Object.keys(own).flatMap((id) => {
    const command = bound.find((each) => each.id === id);
    if (command?.keys === undefined) {
      const near = nearest(id, namesOf(table));
      const next = near === null ? 'subdeck help keys lists them.' : `Did you mean "${near}"?`;
      return [`keys: no command "${id}" takes a key. ${next}`];
    }
    const { scopes } = command.keys;
    return (keysOf(own, id) ?? []).flatMap((key) => {
      const unusable = whyUnusable(id, key);
      if (unusable !== null) return [unusable];
      const deaf = scopes.filter((scope) => typing.includes(scope));
      if (deaf.length > 0 && [...key].length === 1) {
        return [`keys: "${key}" for "${id}" would be typed as text there; use a key with ctrl+ or alt+.`];
      }
      return [
        ...clashes(bound, own, id, key, scopes),
        ...hidden(bound, id, key, scopes),
        ...hiding(table, own, id, key, scopes),
        ...robbed(table, bound, id, key),
      ];
    });
  });
}

/** What settings of an earlier version call a command has its present id, unless they have that too. */
function byPresentId(table: readonly Bound[], given: OwnKeys): OwnKeys {
  const present = new Map(table.flatMap(({ id, keys }) => (keys?.formerId === undefined ? [] : [[keys.formerId, id]])));
  return Object.fromEntries(
    Object.entries(given).flatMap(([id, keys]) => {
      const now = present.get(id);
      return now === undefined ? [[id, keys]] : Object.hasOwn(given, now) ? [] : [[now, keys]];
    }),
  );
}

function namesOf(table: readonly Bound[]): readonly string[] {
  return table.flatMap(({ id, keys }) => (keys === undefined ? [] : [id]));
}

function whyUnusable(id: string, key: string): string | null {
  const other = sentAs[key];
  if (other !== undefined) return `keys: "${key}" for "${id}" reaches Subdeck as ${other}; use another key.`;
  if (key === alwaysLeaves.key && id !== alwaysLeaves.id) {
    return `keys: "${key}" is reserved for leaving, so "${id}" cannot use it.`;
  }
  return isKey(key) ? null : `keys: "${key}" for "${id}" is not a key; write one like x, ctrl+p, pagedown or space.`;
}

/** Another command with the same key. Reported once, by the first of the two. */
function clashes(bound: readonly Bound[], own: OwnKeys, id: string, key: string, scopes: readonly KeyScope[]) {
  const ids = Object.keys(own);
  return bound
    .filter((other) => other.id !== id && ids.indexOf(other.id) > ids.indexOf(id))
    .filter((other) => other.keys?.keys.includes(key) && meet(other.keys.scopes, scopes))
    .map((other) => `keys: "${key}" is set for both "${id}" and "${other.id}"; only one of them receives it.`);
}

/** A command of one screen wins over one that works everywhere. */
function hidden(bound: readonly Bound[], id: string, key: string, scopes: readonly KeyScope[]): readonly string[] {
  if (!scopes.includes('any')) return [];
  const above = bound.filter(
    (other) => other.id !== id && other.keys?.keys.includes(key) && meet(other.keys.scopes, onScreens),
  );
  return above.slice(0, 1).map((other) => `keys: "${key}" for "${id}" does not work where "${other.id}" uses it.`);
}

/** The reverse: a key that works everywhere, overridden by a command of some screens. */
function hiding(table: readonly Bound[], own: OwnKeys, id: string, key: string, scopes: readonly KeyScope[]) {
  if (scopes.includes('any') || !meet(scopes, onScreens)) return [];
  if (table.find((each) => each.id === id)?.keys?.keys.includes(key)) return [];
  return table
    .filter((other) => other.keys?.scopes.includes('any') && keysOf(own, other.id) === null)
    .filter((other) => other.keys?.keys.length === 1 && other.keys.keys.includes(key))
    .map((other) => `keys: "${key}" for "${id}" replaces "${other.id}" there.`);
}

/** A command that lost its only key. */
function robbed(table: readonly Bound[], bound: readonly Bound[], id: string, key: string): readonly string[] {
  return bound
    .filter(({ keys }) => keys?.keys.length === 0)
    .filter((other) => table.find((each) => each.id === other.id)?.keys?.keys.includes(key) && other.id !== id)
    .map((other) => `keys: "${other.id}" has no key left, because "${id}" now uses "${key}".`);
}

function keysOf(own: OwnKeys, id: string): readonly string[] | null {
  const keys = Object.hasOwn(own, id) ? own[id] : undefined;
  if (keys === undefined) return null;
  return typeof keys === 'string' ? [keys] : keys;
}

/** The valid keys assigned to a command; null if it has its defaults. */
function usableKeys(own: OwnKeys, id: string): readonly string[] | null {
  const given = keysOf(own, id);
  if (given === null) return null;
  const usable = given.filter((key) => whyUnusable(id, key) === null);
  if (id === alwaysLeaves.id) return [...new Set([alwaysLeaves.key, ...usable])];
  return usable.length === 0 && given.length > 0 ? null : usable;
}

function isKey(key: string): boolean {
  return named.test(key) || (/^\S$/u.test(key) && !/\p{C}/u.test(key));
}

function meet(left: readonly KeyScope[], right: readonly KeyScope[]): boolean {
  return left.some((scope) => right.includes(scope));
}
