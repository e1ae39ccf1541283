import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/table.ts';
import { dispatch, reachable } from '../../src/state/dispatch.ts';
import type { KeyScope } from '../../src/state/key-scopes.ts';

describe('the dispatcher', () => {
  it.each<[readonly KeyScope[], string, string | null]>([
    [['subscriptions', 'any'], 'enter', 'open'],
    [['subscriptions', 'any'], 'j', 'cursor down'],
    [['subscriptions', 'any'], 'q', 'quit'],
    [['subscription', 'any'], 'tab', 'next tab'],
    [['subscription', 'any'], '3', 'tab 3'],
    [['filter'], 'enter', 'keep filter'],
    [['filter'], 'down', 'later filter'],
    [['filter'], 'q', null],
    [['plan'], 'y', 'send'],
    [['plan'], 'q', null],
    [['plan'], 'o', null],
    [['sending'], 'escape', null],
    [['form'], 'ctrl+c', 'interrupt'],
    [['help'], 'R', null],
  ])('in %j the key %s means %s', (scopes, key, id) => {
    expect(dispatch(commands, scopes, key)?.id ?? null).toBe(id);
  });

  it('lists a command once, in its innermost scope', () => {
    const ids = reachable(commands, ['level', 'any']).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('every command has an id and a key; no key occurs twice in one scope', () => {
    const ids = commands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const taken = commands.flatMap(({ keys }) =>
      (keys?.scopes ?? []).flatMap((scope) => (keys?.keys ?? []).map((key) => `${scope} ${key}`)),
    );
    expect(taken.filter((each, index) => taken.indexOf(each) !== index)).toEqual([]);
  });
});
