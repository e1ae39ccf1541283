import { describe, expect, test } from 'vitest';
import { allFields, fieldOf, filterFields } from '../../src/model/field-names.ts';
import { matches } from '../../src/model/filter-match.ts';
import { languageOf, parseFilter, parseListFilter, subscriptionLanguage } from '../../src/model/filter-parse.ts';
import { valuesOfConnections, whyNothingMatches } from '../../src/model/filter-without-match.ts';
import { requestFields } from '../../src/model/record-fields.ts';
import { noon, subscription } from '../state/rows.ts';

const known = valuesOfConnections([
  { name: 'nordic', vendor: 'cloudmore' },
  { name: 'bss', vendor: 'interworks' },
  { name: 'second', vendor: 'interworks' },
]);

function said(text: string): readonly string[] {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return whyNothingMatches(parsed.filter, subscriptionLanguage, known);
}

describe('a term that no row can match', () => {
  test.each<[string, string]>([
    ['status:foo', '"status" is active, pending, suspended, cancelled, expired, error or unknown.'],
    ['status=Active', ' or unknown. Did you mean active?'],
    ['status:suspnded', ' Did you mean suspended?'],
    ['status:foo|bar', '"status" is active'],
    ['isTrial:maybe', 'is true or false.'],
    ['vendor:foo', '"vendor" is cloudmore or interworks.'],
    ['connection:nordik', '"connection" is nordic, bss or second. Did you mean nordic?'],
    ['qty:many', '"qty" is a number, which qty>10 compares.'],
    ['ends:30d', '"ends:" looks into the text of a date. ends<30d compares dates.'],
  ])('%s', (text, why) => {
    const [sentence, ...others] = said(`acme ${text} org:acme`);
    expect(others).toEqual([]);
    expect(sentence).toContain(`Nothing matches ${text}: `);
    expect(sentence).toContain(why);
  });

  test.each([
    ...['status:act', 'status:foo|active', '-status:foo', 'acme|foo', 'org:foo', 'vendor:inter', 'connection=bss'],
    ...['qty:2', 'price:9.99', 'qty=5', 'ends=30d', 'ends:2026', 'ends<30d', 'is:trial', 'isTrial:true', ''],
  ])('is none of %j', (text) => {
    expect(said(text)).toEqual([]);
  });

  test('each is said, and a list in memory has its own fields', () => {
    expect(said('status:foo vendor:bar')).toHaveLength(2);
    const parsed = parseListFilter('state:foo vendor:foo', languageOf(requestFields));
    const found = parsed.ok ? whyNothingMatches(parsed.filter, languageOf(requestFields)) : [];
    expect(found).toEqual([expect.stringMatching(/^Nothing matches state:foo: "state" is pending, running, /)]);
  });
});

test('no value that a field can have is said to match nothing', () => {
  expect(allFields.length).toBeGreaterThan(filterFields.length);
  const row = subscription({ id: 'sub-1', connection: 'nordic' });
  for (const id of filterFields) {
    for (const text of fieldOf(id)
      .value.texts(row)
      .filter((each) => each !== '')) {
      const term = { kind: 'contains', field: id, text, negated: false } as const;
      expect(matches([term], row, noon), id).toBe(true);
      expect(whyNothingMatches([term], subscriptionLanguage, known), id).toEqual([]);
    }
  }
});
