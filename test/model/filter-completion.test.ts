import { describe, expect, it } from 'vitest';
import { completionsAt } from '../../src/model/filter-completion.ts';
import { levelLanguage, subscriptionLanguage } from '../../src/model/filter-parse.ts';
import { renewalModes } from '../../src/model/subscription.ts';

const values: Readonly<Record<string, readonly string[]>> = { org: ['Acme Oy', 'Acme|Zed', 'Adria'] };

function offered(text: string, caret = text.length) {
  const valuesOf = ({ id }: { id: string }, begin: string) =>
    (values[id] ?? []).filter((each) => each.startsWith(begin));
  return completionsAt(text, caret, subscriptionLanguage, valuesOf);
}

describe('what Tab may put into a filter', () => {
  it.each<[string, number, readonly string[]]>([
    ['prod', 0, ['product:']],
    ['acme -end', 6, ['ends<']],
    ['seats', 0, ['seats>']],
    ['is', 0, ['is:', 'isTrial:', 'isAddon:']],
    ['is:', 3, ['trial', 'addon']],
    ['status:act', 7, ['active']],
    ['status:active|sus', 14, ['suspended']],
    ['renewal=', 8, renewalModes],
    ['ends<3', 5, ['30d']],
    ['org:Ac', 4, ['"Acme Oy"', '"Acme|Zed"']],
    ['org:"Acme', 4, ['"Acme Oy"', '"Acme|Zed"']],
    ['org:Adria|A', 10, ['"Acme Oy"', '"Acme|Zed"', 'Adria']],
    ['"a quoted sta', 0, []],
    ['colour:r', 0, []],
  ])('%j, from %i: %j', (text, from, texts) => {
    expect(offered(text).texts).toEqual(texts);
    if (texts.length > 0) expect(offered(text).from).toBe(from);
  });

  it('is about the word at the caret, and every field is offered where none is begun', () => {
    expect(offered('sta acme', 3)).toEqual({ from: 0, texts: ['status:', 'starts<'] });
    expect(offered('acme ').texts.length).toBeGreaterThan(20);
    expect(completionsAt('', 0, levelLanguage, () => []).texts).toContain('seats>');
    expect(completionsAt('', 0, levelLanguage, () => []).texts).not.toContain('is:');
  });
});
