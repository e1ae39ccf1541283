import { describe, expect, it } from 'vitest';
import { edit, insert, textLine } from '../../src/state/text-line.ts';

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
    expect(insert(moved ?? textLine(), 'b')).toEqual({ text: 'abc', caret: 2 });
  });

  it('stays one line, whatever is pasted, and is bounded', () => {
    expect(insert(textLine(), 'a\r\nb\u001b[2Jc').text).toBe('a b [2Jc');
    expect(insert(textLine(), 'x'.repeat(10_000)).text).toHaveLength(4096);
  });
});
