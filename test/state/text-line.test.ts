import { describe, expect, it } from 'vitest';
import { edit, insert, proposedLine, textLine } from '../../src/state/text-line.ts';

describe('a line editor', () => {
  it.each([
    ['backspace', 'ab', 'a'],
    ['backspace', '席席', '席'],
    ['backspace', 'e\u0301', ''],
    ['ctrl+w', 'status:active ends', 'status:active '],
    ['ctrl+u', 'anything', ''],
  ])('%s turns %j into %j', (key, before, after) => {
    expect(edit(textLine(before), key)?.text).toBe(after);
  });

  it('types at the caret', () => {
    const moved = edit(edit(textLine('ac'), 'left') ?? textLine(), 'nothing') ?? edit(textLine('ac'), 'left');
    expect(insert(moved ?? textLine(), 'b')).toEqual({ text: 'abc', caret: 2, isSelected: false });
  });

  it('stays one line, whatever is pasted, and is bounded', () => {
    expect(insert(textLine(), 'a\r\nb\u001b[2Jc').text).toBe('a b [2Jc');
    expect(insert(textLine(), 'x'.repeat(10_000)).text).toHaveLength(4096);
  });

  it('replaces a proposal by what is typed or pasted', () => {
    expect(insert(proposedLine('changes.plan'), 'm')).toEqual({ text: 'm', caret: 1, isSelected: false });
    expect(insert(proposedLine('席席'), 'mine').text).toBe('mine');
  });

  it.each(['backspace', 'delete', 'ctrl+w', 'ctrl+u', 'ctrl+k', 'ctrl+d'])('removes a proposal by %s', (key) => {
    expect(edit(proposedLine('two words'), key)).toEqual(textLine());
  });

  it.each([
    ['left', 'two wordx!s'],
    ['right', 'two wordsx!'],
    ['home', 'x!two words'],
    ['end', 'two wordsx!'],
  ])('keeps a proposal after %s', (key, expected) => {
    const kept = edit(proposedLine('two words'), key) ?? textLine();
    expect(insert(insert(kept, 'x'), '!').text).toBe(expected);
  });

  it('selects nothing where nothing is proposed', () => {
    expect(proposedLine('')).toEqual(textLine());
  });
});
