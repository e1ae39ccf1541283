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
      ['keys: "ctrl+o" is given to "sort" and to "filter"; only one of them hears it.'],
    ],
    [
      'a command that does not exist',
      { nope: 'a' },
      ['keys: there is no command "nope" that a key could be given to. subdeck help keys lists them.'],
    ],
    [
      'a misspelt command',
      { sortt: 'x' },
      ['keys: there is no command "sortt" that a key could be given to. Did you mean "sort"?'],
    ],
    [
      'a key that a terminal cannot send',
      { open: 'ctrl+m' },
      ['keys: a terminal sends "ctrl+m" for "open" as enter; take another.'],
    ],
    ['the key that always leaves', { help: 'ctrl+c' }, ['keys: "ctrl+c" always leaves, so "help" cannot have it.']],
    ['a key that works everywhere else', { sort: 'J' }, ['keys: "J" for "sort" hides "journal" there.']],
    [
      'a key that does not exist',
      { help: 'ctrl-h' },
      ['keys: "ctrl-h" for "help" is no key; write a letter, ctrl+p, pagedown, space.'],
    ],
    [
      'a letter where letters are text',
      { 'keep filter': 'y' },
      ['keys: "y" for "keep filter" is typed as text there; take one with ctrl+ or alt+.'],
    ],
    ['a command left without a key', { copy: 'u' }, ['keys: "unmark all" has no key any more, since "copy" took "u".']],
    [
      'a key that a screen has for itself',
      { quit: 'f' },
      ['keys: "f" for "quit" is not heard where "same value" has it.'],
    ],
  ])('reports %s in one sentence', (_, own, sentences) => {
    expect(keyProblems(commands, own)).toEqual(sentences);
  });
});
