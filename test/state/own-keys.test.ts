import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/table.ts';
import { dispatch } from '../../src/state/dispatch.ts';
import type { KeyScope } from '../../src/state/key-scopes.ts';
import { keyProblems, type OwnKeys, withOwnKeys } from '../../src/state/own-keys.ts';

const list: readonly KeyScope[] = ['subscriptions', 'any'];

describe('custom keys in the settings', () => {
  it('replace the defaults', () => {
    const own = withOwnKeys(commands, { quit: 'Q', 'cursor down': ['n', 'down'] });
    expect(dispatch(own, list, 'q')).toBeNull();
    expect(dispatch(own, list, 'Q')?.id).toBe('quit');
    expect(dispatch(own, list, 'n')?.id).toBe('cursor down');
  });

  it('have the ids of earlier versions too; the present id wins', () => {
    expect(dispatch(withOwnKeys(commands, { pictures: 'Z' }), list, 'Z')?.id).toBe('charts');
    expect(keyProblems(commands, { pictures: 'ctrl+y' })).toEqual([]);
    const both = withOwnKeys(commands, { charts: 'Y', pictures: 'Z' });
    expect(['Y', 'Z'].map((key) => dispatch(both, list, key)?.id)).toEqual(['charts', undefined]);
  });

  it('win over the default of another command', () => {
    const own = withOwnKeys(commands, { mark: 's', sort: 'S' });
    expect(dispatch(own, list, 's')?.id).toBe('mark');
    expect(dispatch(own, list, 'S')?.id).toBe('sort');
  });

  it('keep a way out; an invalid key keeps the default', () => {
    const own = withOwnKeys(commands, { interrupt: [], quit: [], help: 'ctrl+c', sort: 'Hyper+x', open: 'ctrl+m' });
    expect(dispatch(own, list, 'ctrl+c')?.id).toBe('interrupt');
    expect(dispatch(own, ['menu'], 'ctrl+c')?.id).toBe('interrupt');
    expect(dispatch(own, list, '?')?.id).toBe('help');
    expect(dispatch(own, list, 's')?.id).toBe('sort');
    expect(dispatch(own, list, 'enter')?.id).toBe('open');
  });

  it('are possible for every command', () => {
    const own: OwnKeys = Object.fromEntries(commands.map(({ id }) => [id, 'ctrl+y']));
    for (const { id, keys } of withOwnKeys(commands, own)) {
      if (keys !== undefined) expect(keys.keys).toEqual(id === 'interrupt' ? ['ctrl+c', 'ctrl+y'] : ['ctrl+y']);
    }
  });

  it.each<[string, OwnKeys, readonly string[]]>([
    ['nothing wrong', { quit: 'Q', 'cursor down': ['ctrl+e', 'down'], palette: 'ctrl+k' }, []],
    [
      'two commands on one key',
      { sort: 'ctrl+o', filter: 'ctrl+o' },
      ['keys: "ctrl+o" is set for both "sort" and "filter"; only one of them receives it.'],
    ],
    [
      'a command that does not exist',
      { qwertz: 'a' },
      ['keys: no command "qwertz" takes a key. subdeck help keys lists them.'],
    ],
    ['a misspelt command', { sortt: 'x' }, ['keys: no command "sortt" takes a key. Did you mean "sort"?']],
    [
      'a key that a terminal cannot send',
      { open: 'ctrl+m' },
      ['keys: "ctrl+m" for "open" reaches Subdeck as enter; use another key.'],
    ],
    [
      'the key that always leaves',
      { help: 'ctrl+c' },
      ['keys: "ctrl+c" is reserved for leaving, so "help" cannot use it.'],
    ],
    ['a key that works everywhere else', { sort: 'J' }, ['keys: "J" for "sort" replaces "journal" there.']],
    [
      'a key that does not exist',
      { help: 'ctrl-h' },
      ['keys: "ctrl-h" for "help" is not a key; write one like x, ctrl+p, pagedown or space.'],
    ],
    [
      'a letter where letters are text',
      { 'keep filter': 'y' },
      ['keys: "y" for "keep filter" would be typed as text there; use a key with ctrl+ or alt+.'],
    ],
    [
      'commands left without a key',
      { refresh: 'u' },
      [
        'keys: "unmark all" has no key left, because "refresh" now uses "u".',
        'keys: "take back" has no key left, because "refresh" now uses "u".',
      ],
    ],
    [
      'a key that a screen has for itself',
      { quit: 'f' },
      ['keys: "f" for "quit" does not work where "same value" uses it.'],
    ],
  ])('reports %s in one sentence', (_, own, sentences) => {
    expect(keyProblems(commands, own)).toEqual(sentences);
  });
});
