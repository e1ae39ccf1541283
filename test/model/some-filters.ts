import * as fc from 'fast-check';
import { filterFields } from '../../src/model/field-names.ts';
import type { Filter, Term } from '../../src/model/filter.ts';
import { kindOf } from '../../src/model/filter-parse.ts';

const text = fc.oneof(
  fc.constantFrom(
    'a',
    'ac',
    'acme',
    '\u0301',
    'Backup',
    'ß',
    'ss',
    '安全',
    '席',
    'trial',
    's/1',
    'M131',
    'act',
    'EUR',
    '-x',
    'a b',
    'x"y',
    '%',
    'oy org',
    'org-1',
  ),
  fc.string({ minLength: 1, maxLength: 6 }).filter((each) => each.trim() !== ''),
);
const amount = fc.constantFrom(
  ...['0', '10', '-5.5', '9.99', '42.00', '25', '0.1', '0.10000000000000001', '9007199254740992', '9007199254740993'],
  ...['41.99999999999999999999', '-5.50000000000000000001'],
);
const when = fc.oneof(
  fc
    .constantFrom('2026-11-21', '2026-12', '2027', '2026-12-21T12:00:00Z', '2026-12-21 11:59')
    .map((date) => ({ kind: 'date' as const, text: date })),
  fc.constantFrom(-365, -1, 0, 1, 30, 400).map((days) => ({ kind: 'days' as const, days })),
);
const comparison = fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const);
const negated = fc.boolean();
const field = fc.constantFrom(...filterFields);

/** `a|b`: words, or values of one field. */
const someChoice: fc.Arbitrary<Term> = fc
  .record({
    negated,
    field,
    kind: fc.constantFrom('word', 'contains'),
    texts: fc.array(text, { minLength: 2, maxLength: 3 }),
  })
  .map(({ negated, field, kind, texts }) => ({
    negated,
    kind: 'any',
    of: texts.map((text) =>
      kind === 'word' ? { negated, kind: 'word', text } : { negated, kind: 'contains', field, text },
    ),
  }));

const someTerm: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ negated, kind: fc.constant('word' as const), text }),
  fc.record({ negated, kind: fc.constant('contains' as const), field, text }),
  someChoice,
  field.chain((of) =>
    fc.record({
      negated,
      kind: fc.constant('equals' as const),
      field: fc.constant(of),
      text:
        kindOf(of) === 'number'
          ? amount
          : kindOf(of) === 'date'
            ? fc.constantFrom('2026-12', '30d', '-1d', '2026-12-21T12:00:00Z')
            : text,
    }),
  ),
  fc.record({
    negated,
    kind: fc.constant('number' as const),
    field: fc.constantFrom('qty', 'price', 'listPrice', 'revenuePrice', 'erpPrice', 'unitPrice'),
    comparison,
    value: amount,
  }),
  fc.record({
    negated,
    kind: fc.constant('date' as const),
    field: fc.constantFrom('ends' as const, 'starts' as const, 'cancel' as const, 'read' as const),
    comparison,
    when,
  }),
  fc.record({ negated, kind: fc.constant('is' as const), what: fc.constantFrom('trial' as const, 'addon' as const) }),
);

export const someFilter: fc.Arbitrary<Filter> = fc.array(someTerm, { minLength: 1, maxLength: 3 });
