import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CustomerLink,
  customerKey,
  type LinkRequest,
  linesOf,
  linkedCustomers,
  organizationKey,
  organizationOfKey,
} from '../../src/model/customer-link.ts';

describe('customerKey', () => {
  test.each([
    ['Acme Oy', '  ACME oy '],
    ['Straßer GmbH', 'STRASSER GMBH'],
    ['ＡＣＭＥ', 'acme'],
    ['Bjo\u0308rkman', 'Björkman'],
    ['Ὀδυσσεύς', 'ὈΔΥΣΣΕΎΣ'],
    ['\u00a0Acme\u00a0', 'Acme'],
  ])('takes %j and %j for one name', (one, other) => {
    expect(customerKey(one)).toBe(customerKey(other));
  });

  test.each([
    ['Köhler', 'Kohler'],
    ['Acme Oy', 'Acme'],
    ['Acme Oy', 'Acme  Oy'],
    ['Acme, Inc', 'Acme Inc'],
    ['Acme⟨200B⟩ Oy', 'Acme Oy'],
    ['か', 'が'],
  ])('keeps %j and %j apart', (one, other) => {
    expect(customerKey(one)).not.toBe(customerKey(other));
  });
});

test('an organization key gives account and id back, whatever they hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (account, id) => {
      expect(organizationOfKey(organizationKey({ account, id }))).toEqual({ account, id });
    }),
    { numRuns: 50, seed: 22 },
  );
  expect([organizationOfKey('nordic/1'), organizationOfKey('[1]')]).toEqual([null, null]);
});

const said = { at: '2026-11-21T12:00:00.000Z', by: 'anna' } as const;

/** The lines of requests, one after the other; those that are refused add nothing. */
function linksAfter(requests: readonly LinkRequest[]): ReadonlyMap<string, CustomerLink> {
  const links = new Map<string, CustomerLink>();
  for (const request of requests) {
    const lines = linesOf(links, request);
    if (!('kind' in lines)) for (const { key, line } of lines) links.set(key, line);
  }
  return links;
}

const customers = ['Acme Oy', 'acme oy', 'ACME OY ', 'Zed GmbH', 'ZED gmbh', 'Omega'];

/** Each organization is linked to one customer, in whatever spelling and however often. */
const assignments = fc
  .dictionary(fc.stringMatching(/^[a-h]$/), fc.constantFrom(0, 1, 2), { minKeys: 1 })
  .chain((customerOf) =>
    fc
      .array(fc.record({ key: fc.constantFrom(...Object.keys(customerOf)), spelling: fc.constantFrom(0, 1) }), {
        minLength: 1,
        maxLength: 20,
      })
      .map((links) =>
        links.map(({ key, spelling }): LinkRequest => {
          const customer = customers[[0, 3, 5][customerOf[key] ?? 0] ?? 0] ?? '';
          return {
            ...{ ...said, action: 'link', organizations: [{ key, name: key.toUpperCase() }] },
            customer: spelling === 0 ? customer : ` ${customer.toUpperCase()}`,
          };
        }),
      ),
  );

test('linking in any order, together or one by one, gives the same customers', () => {
  const membersOf = (requests: readonly LinkRequest[]) =>
    [...linkedCustomers(linksAfter(requests)).values()]
      .map(({ key, organizations }) => [key, organizations] as const)
      .toSorted();
  fc.assert(
    fc.property(
      assignments.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const expected = membersOf(all);
        expect(membersOf(shuffled)).toEqual(expected);
        expect(membersOf([...all, ...shuffled])).toEqual(expected);
        const together = Map.groupBy(shuffled, ({ customer }) => customer);
        expect(
          membersOf(
            [...together.values()].flatMap(([first, ...others]) =>
              first === undefined
                ? []
                : [{ ...first, organizations: [first, ...others].flatMap(({ organizations }) => organizations) }],
            ),
          ),
        ).toEqual(expected);
        const members = expected.flatMap(([, organizations]) => organizations);
        expect(new Set(members).size).toBe(members.length);
      },
    ),
    { numRuns: 200, seed: 22 },
  );
});

test('an organization of another customer is refused, whoever is named beside it', () => {
  const links = linksAfter([{ ...said, action: 'link', customer: 'Acme', organizations: [{ key: 'a', name: 'A' }] }]);
  const both = [
    { key: 'b', name: 'B' },
    { key: 'a', name: 'A' },
  ];
  const taken = { kind: 'taken', key: 'a', name: 'A', customer: 'Acme' };
  expect(linesOf(links, { ...said, action: 'link', customer: 'Zed', organizations: both })).toEqual(taken);
  expect(linesOf(links, { ...said, action: 'unlink', customer: 'Zed', organizations: both })).toEqual(taken);
  expect(linesOf(links, { ...said, action: 'link', customer: 'ACME ', organizations: both })).toHaveLength(1);
});

test('nothing is said twice, and what was unlinked can be linked elsewhere', () => {
  const organizations = [{ key: 'a', name: 'A' }];
  const linked = { ...said, action: 'link', customer: 'Acme', organizations } as const;
  const unlinked = { ...linked, action: 'unlink' } as const;
  expect(linesOf(linksAfter([linked]), linked)).toEqual([]);
  expect(linesOf(linksAfter([linked, unlinked]), unlinked)).toEqual([]);
  expect(linkedCustomers(linksAfter([linked, unlinked])).size).toBe(0);
  expect([...linkedCustomers(linksAfter([linked, unlinked, { ...linked, customer: 'Zed' }])).keys()]).toEqual(['zed']);
  expect(linesOf(new Map([['a', null]]), linked)).toHaveLength(1);
});
