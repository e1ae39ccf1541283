import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterFields } from '../../src/model/field-names.ts';
import type { Filter, Term } from '../../src/model/filter.ts';
import { formatFilter, parseFilter } from '../../src/model/filter-parse.ts';
import { someFilter } from './some-filters.ts';

const plain = { negated: false } as const;

describe('a filter', () => {
  it.each<[string, Filter]>([
    ['', []],
    ['  acme  ', [{ ...plain, kind: 'word', text: 'acme' }]],
    ['"Acme Oy"', [{ ...plain, kind: 'word', text: 'Acme Oy' }]],
    ['"say \\"hi\\" \\\\"', [{ ...plain, kind: 'word', text: 'say "hi" \\' }]],
    [
      '{3F2A77C0-1B7E-4C55-9D1E-AA10B3C4D5E6},',
      [{ ...plain, kind: 'word', text: '3F2A77C0-1B7E-4C55-9D1E-AA10B3C4D5E6' }],
    ],
    ['"{3f2a77c0}"', [{ ...plain, kind: 'word', text: '{3f2a77c0}' }]],
    ['-acme', [{ negated: true, kind: 'word', text: 'acme' }]],
    ['org:acme', [{ ...plain, kind: 'contains', field: 'org', text: 'acme' }]],
    ['ORG:"Acme Oy"', [{ ...plain, kind: 'contains', field: 'org', text: 'Acme Oy' }]],
    ['-name="Backup 100"', [{ negated: true, kind: 'equals', field: 'name', text: 'Backup 100' }]],
    ['id=a/b=c:d', [{ ...plain, kind: 'equals', field: 'id', text: 'a/b=c:d' }]],
    ['qty<10', [{ ...plain, kind: 'number', field: 'qty', comparison: '<', value: '10' }]],
    ['price>=42.00', [{ ...plain, kind: 'number', field: 'price', comparison: '>=', value: '42.00' }]],
    ['ends<30d', [{ ...plain, kind: 'date', field: 'ends', comparison: '<', when: { kind: 'days', days: 30 } }]],
    ['ends>-7d', [{ ...plain, kind: 'date', field: 'ends', comparison: '>', when: { kind: 'days', days: -7 } }]],
    [
      'starts>=2026-01',
      [{ ...plain, kind: 'date', field: 'starts', comparison: '>=', when: { kind: 'date', text: '2026-01' } }],
    ],
    ['SEATS<10', [{ ...plain, kind: 'number', field: 'qty', comparison: '<', value: '10' }]],
    ['quantity=25', [{ ...plain, kind: 'equals', field: 'qty', text: '25' }]],
    ['organization:acme', [{ ...plain, kind: 'contains', field: 'org', text: 'acme' }]],
    ['deadline<9d', [{ ...plain, kind: 'date', field: 'cancel', comparison: '<', when: { kind: 'days', days: 9 } }]],
    [
      'cancellableUntil<9d',
      [{ ...plain, kind: 'date', field: 'cancel', comparison: '<', when: { kind: 'days', days: 9 } }],
    ],
    [
      'started>=2026',
      [{ ...plain, kind: 'date', field: 'starts', comparison: '>=', when: { kind: 'date', text: '2026' } }],
    ],
    [
      'status:active|suspended',
      [
        {
          ...plain,
          kind: 'any',
          of: [
            { ...plain, kind: 'contains', field: 'status', text: 'active' },
            { ...plain, kind: 'contains', field: 'status', text: 'suspended' },
          ],
        },
      ],
    ],
    [
      '-org="Acme Oy"|Zed',
      [
        {
          negated: true,
          kind: 'any',
          of: [
            { negated: true, kind: 'equals', field: 'org', text: 'Acme Oy' },
            { negated: true, kind: 'equals', field: 'org', text: 'Zed' },
          ],
        },
      ],
    ],
    [
      'acme|zed',
      [
        {
          ...plain,
          kind: 'any',
          of: [
            { ...plain, kind: 'word', text: 'acme' },
            { ...plain, kind: 'word', text: 'zed' },
          ],
        },
      ],
    ],
    ['org:"a|b"', [{ ...plain, kind: 'contains', field: 'org', text: 'a|b' }]],
    ['is:trial', [{ ...plain, kind: 'is', what: 'trial' }]],
    ['-is:addon', [{ negated: true, kind: 'is', what: 'addon' }]],
    ['trial', [{ ...plain, kind: 'is', what: 'trial' }]],
    ['"trial"', [{ ...plain, kind: 'word', text: 'trial' }]],
    [
      'status:active 安全',
      [
        { ...plain, kind: 'contains', field: 'status', text: 'active' },
        { ...plain, kind: 'word', text: '安全' },
      ],
    ],
  ])('is parsed: %j', (text, filter) => {
    expect(parseFilter(text)).toEqual({ ok: true, filter });
  });

  it('names every field in the error about an unknown one', () => {
    const parsed = parseFilter('colour:red');
    for (const field of filterFields) expect(parsed).toMatchObject({ message: expect.stringContaining(` ${field}`) });
  });

  it.each<[string, number, RegExp]>([
    ['colour:red', 0, /no field "colour"/],
    ['acme -nope=1', 6, /no field "nope"/],
    ['org:', 4, /a value after/],
    ['-', 1, /a word after/],
    ['<5', 0, /a field before/],
    ['name<5', 4, /"name" is a text/],
    ['qty<ten', 4, /"qty" needs a number/],
    ['qty=ten', 4, /"qty" needs a number/],
    ['ends<tomorrow', 5, /"ends" needs a date/],
    ['ends<2026-02-30', 5, /"ends" needs a date/],
    ['ends=never', 5, /"ends" needs a date/],
    ['is:new', 3, /trial or addon/],
    ['status:active|', 14, /a value after "\|"/],
    ['qty=5|ten', 6, /"qty" needs a number/],
    ['qty<5|6', 4, /"qty" needs a number/],
    ['acme|', 5, /both sides/],
    ['is:trial|addon', 3, /trial or addon/],
    ['is<trial', 0, /is:trial or is:addon/],
    ['org:"Acme', 4, /not closed/],
    ['"a"b', 3, /a space after/],
    ['a ""', 2, /text between/],
  ])('reports the error in %j and its position', (text, position, message) => {
    expect(parseFilter(text)).toEqual({ ok: false, position, message: expect.stringMatching(message) });
  });

  it('survives formatting and parsing again', () => {
    fc.assert(
      fc.property(someFilter, (filter) => {
        expect(parseFilter(formatFilter(filter))).toEqual({ ok: true, filter });
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws, and an error position is inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab:"\\ <>=-1d安|') }), (text) => {
        const parsed = parseFilter(text);
        if (!parsed.ok) expect(parsed.position).toBeLessThanOrEqual(text.length);
        else expect(parseFilter(formatFilter(parsed.filter))).toEqual(parsed);
      }),
      { numRuns: 2000 },
    );
  });

  it('quotes a word that would otherwise mean something else', () => {
    const words = ['-x', 'a:b', 'trial', '"', 'a b', '<', '{3f2a77c0-1b7e-4c55-9d1e-aa10b3c4d5e6}', 'a|b'].map(
      (text): Term => ({ ...plain, kind: 'word', text }),
    );
    expect(parseFilter(formatFilter(words))).toEqual({ ok: true, filter: words });
  });
});
