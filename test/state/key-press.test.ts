import { describe, expect, it } from 'vitest';
import { type KeyEvent, keyPresses } from '../../src/state/key-press.ts';

const none: KeyEvent = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  tab: false,
  backspace: false,
  delete: false,
  ctrl: false,
  shift: false,
  meta: false,
};

describe('terminal input', () => {
  it.each<[string, Partial<KeyEvent>, readonly string[]]>([
    ['j', {}, ['j']],
    ['jj', {}, ['j', 'j']],
    ['G', { shift: true }, ['G']],
    [' ', {}, ['space']],
    ['席', {}, ['席']],
    ['j\rq', {}, ['j', 'enter', 'q']],
    ['', { return: true }, ['enter']],
    ['', { tab: true, shift: true }, ['shift+tab']],
    ['', { escape: true, meta: true }, ['escape']],
    ['p', { ctrl: true }, ['ctrl+p']],
    ['\u0010', {}, ['ctrl+p']],
    ['\u009b', {}, []],
  ])('%j with %j is %j', (input, flags, names) => {
    expect(keyPresses(input, { ...none, ...flags }).map(({ name }) => name)).toEqual(names);
  });
});
