import type { Bound } from './dispatch.ts';
import type { Scope } from './scopes.ts';

/** `keys` of the settings: other keys for commands, by their ids. */
export type OwnKeys = Readonly<Record<string, string | readonly string[]>>;

/** Letters typed here are text, so no command hears them. */
const typing: readonly Scope[] = ['filter', 'palette', 'form', 'prompt'];
const onScreens: readonly Scope[] = ['level', 'subscriptions', 'subscription', 'requests', 'journal', 'entry', 'reply'];
const named =
  /^(?:up|down|left|right|pageup|pagedown|home|end|enter|tab|shift\+tab|backspace|delete|escape|space|(?:ctrl|alt)\+(?:space|[^\s\p{Lu}]))$/u;

/** The table with the user's own keys in place of the defaults. A key taken for one command leaves the others of its scopes. */
export function withOwnKeys<Command extends Bound>(table: readonly Command[], own: OwnKeys): readonly Command[] {
  const mine = table.flatMap(({ id, keys }) => {
    const list = keysOf(own, id);
    return list === null || keys === undefined ? [] : [{ id, keys: list, scopes: keys.scopes }];
  });
  return table.map((command) => {
    if (command.keys === undefined) return command;
    const { keys: standard, scopes } = command.keys;
    const kept = (key: string) =>
      !mine.some((other) => other.id !== command.id && other.keys.includes(key) && meet(other.scopes, scopes));
    const keys = keysOf(own, command.id) ?? standard.filter(kept);
    return keys === standard ? command : { ...command, keys: { ...command.keys, keys } };
  });
}

/** What is wrong with the user's own keys, a sentence each. */
export function keyProblems(table: readonly Bound[], own: OwnKeys): readonly string[] {
  const bound = withOwnKeys(table, own);
  return Object.keys(own).flatMap((id) => {
    const command = bound.find((each) => each.id === id);
    if (command?.keys === undefined) return [`keys: there is no command "${id}" that a key could be given to.`];
    const { keys, scopes } = command.keys;
    return keys.flatMap((key) => {
      if (!isKey(key)) return [`keys: "${key}" for "${id}" is no key; write a letter, ctrl+p, pagedown, space.`];
      const deaf = scopes.filter((scope) => typing.includes(scope));
      if (deaf.length > 0 && [...key].length === 1) {
        return [`keys: "${key}" for "${id}" is typed as text there; take one with ctrl+ or alt+.`];
      }
      return [
        ...clashes(bound, own, id, key, scopes),
        ...hidden(bound, id, key, scopes),
        ...robbed(table, bound, id, key),
      ];
    });
  });
}

/** Another command that the user gave the same key to. Said once, by the one that comes first. */
function clashes(bound: readonly Bound[], own: OwnKeys, id: string, key: string, scopes: readonly Scope[]) {
  const ids = Object.keys(own);
  return bound
    .filter((other) => other.id !== id && ids.indexOf(other.id) > ids.indexOf(id))
    .filter((other) => other.keys?.keys.includes(key) && meet(other.keys.scopes, scopes))
    .map((other) => `keys: "${key}" is given to "${id}" and to "${other.id}"; only one of them hears it.`);
}

/** A command of one screen wins over one that works everywhere. */
function hidden(bound: readonly Bound[], id: string, key: string, scopes: readonly Scope[]): readonly string[] {
  if (!scopes.includes('any')) return [];
  const above = bound.filter(
    (other) => other.id !== id && other.keys?.keys.includes(key) && meet(other.keys.scopes, onScreens),
  );
  return above.slice(0, 1).map((other) => `keys: "${key}" for "${id}" is not heard where "${other.id}" has it.`);
}

/** A command that lost its only key. */
function robbed(table: readonly Bound[], bound: readonly Bound[], id: string, key: string): readonly string[] {
  return bound
    .filter(({ keys }) => keys?.keys.length === 0)
    .filter((other) => table.find((each) => each.id === other.id)?.keys?.keys.includes(key) && other.id !== id)
    .map((other) => `keys: "${other.id}" has no key any more, since "${id}" took "${key}".`);
}

function keysOf(own: OwnKeys, id: string): readonly string[] | null {
  const keys = Object.hasOwn(own, id) ? own[id] : undefined;
  if (keys === undefined) return null;
  return typeof keys === 'string' ? [keys] : keys;
}

function isKey(key: string): boolean {
  return named.test(key) || (/^\S$/u.test(key) && !/\p{C}/u.test(key));
}

function meet(left: readonly Scope[], right: readonly Scope[]): boolean {
  return left.some((scope) => right.includes(scope));
}
