import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnseenKind, UnseenRows } from '../../src/store/cache-writer.ts';
import { type ByIdAnswer, decideRemovals, keptAsMissing, mostAsked, toAsk } from '../../src/sync/removals.ts';

const kinds = ['new', 'missing', 'unlisted'] as const;
const words: readonly ByIdAnswer[] = ['gone', 'there', 'unaskable', 'silent'];

/** Rows that a sync did not see, out of `known` rows. */
function unseenOf(known: number, count: Partial<Record<UnseenKind, number>>): UnseenRows {
  const all = kinds.flatMap((kind) => Array.from({ length: count[kind] ?? 0 }, (_, at) => ({ id: kind + at, kind })));
  return { known, count: { new: 0, missing: 0, unlisted: 0, ...count }, first: all.slice(0, mostAsked) };
}

function decided(unseen: UnseenRows, answer: (id: string) => ByIdAnswer, accepted = false, complete = true) {
  const asked = toAsk({ complete, unseen, accepted });
  const answers = new Map(asked.map(({ id }) => [id, answer(id)]));
  const removals = decideRemovals({ complete, unseen, accepted, answers });
  return { asked: asked.length, removals, kept: keptAsMissing(removals, unseen) };
}

const decisionsById = ({ removals }: ReturnType<typeof decided>) => [...new Set(removals.byId.map(({ fate }) => fate))];

describe('a row that a sync did not see', () => {
  it('is gone or there, as the vendor answers for its id', () => {
    expect(decisionsById(decided(unseenOf(50, { new: 3 }), () => 'gone'))).toEqual(['gone']);
    expect(decisionsById(decided(unseenOf(50, { new: 3 }), () => 'there'))).toEqual(['there']);
  });

  it('is kept as missing if it cannot be read by id, and gone the second time', () => {
    expect(decided(unseenOf(50, { new: 3 }), () => 'unaskable')).toMatchObject({ kept: 3 });
    expect(decisionsById(decided(unseenOf(50, { missing: 3 }), () => 'unaskable'))).toEqual(['gone']);
  });

  it('stays missing while the vendor does not answer', () => {
    expect(decisionsById(decided(unseenOf(50, { missing: 3 }), () => 'silent'))).toEqual(['missing']);
  });

  it('beyond the limit of reads waits for the second time', () => {
    const first = decided(unseenOf(1000, { new: 300 }), () => 'gone');
    expect(first).toMatchObject({ asked: mostAsked, kept: 300 - mostAsked });
    const second = decided(unseenOf(900, { missing: 200 }), () => 'gone');
    expect(second).toMatchObject({ asked: mostAsked, kept: 0, removals: { others: { missing: 'gone' } } });
  });

  it('stays missing the second time if one of the rows that were read exists', () => {
    const { removals } = decided(unseenOf(900, { missing: 200 }), (id) => (id === 'missing7' ? 'there' : 'gone'));
    expect(removals.others.missing).toBe('missing');
  });

  it('of an incomplete sync is decided by its id, and not read among many', () => {
    const few = decided(unseenOf(50, { new: 3 }), () => 'gone', false, false);
    expect([decisionsById(few), few.removals.others.new]).toEqual([['gone'], 'left']);
    expect(decided(unseenOf(500, { new: 200 }), () => 'gone', false, false)).toMatchObject({ asked: 0, kept: 0 });
  });
});

describe('most rows of a connection', () => {
  it.each([
    [39, 20, 0],
    [40, 20, 20],
    [100, 51, 0],
    [100, 50, 50],
    [19, 19, 19],
  ])('of %i rows, %i unseen: reads %i by id', (known, unseen, asked) => {
    expect(decided(unseenOf(known, { new: unseen }), () => 'gone').asked).toBe(asked);
  });

  it('are kept as missing, and gone the second time or when a person accepts it', () => {
    expect(decided(unseenOf(100, { new: 90 }), () => 'gone')).toMatchObject({ asked: 0, kept: 90 });
    expect(decisionsById(decided(unseenOf(100, { missing: 90 }), () => 'gone'))).toEqual(['gone']);
    expect(decisionsById(decided(unseenOf(100, { new: 90 }), () => 'gone', true))).toEqual(['gone']);
    const many = decided(unseenOf(5000, { new: 4000 }), () => 'gone', true);
    expect(many).toMatchObject({ kept: 0, removals: { others: { new: 'gone', unlisted: 'left' } } });
  });
});

it('the order of answers does not matter, and no existing row is removed', () => {
  const story = fc.record({
    known: fc.integer({ min: 0, max: 300 }),
    count: fc.record({ new: fc.nat(150), missing: fc.nat(150), unlisted: fc.nat(20) }),
    answers: fc.array(fc.constantFrom(...words), { minLength: mostAsked, maxLength: mostAsked }),
    accepted: fc.boolean(),
    complete: fc.boolean(),
  });
  fc.assert(
    fc.property(story, fc.integer(), ({ known, count, answers, accepted, complete }, turn) => {
      const unseen = unseenOf(known, count);
      const asked = toAsk({ complete, unseen, accepted }).map(({ id }, at) => [id, answers[at] ?? 'silent'] as const);
      const middle = asked.length === 0 ? 0 : Math.abs(turn) % asked.length;
      const turned = [...asked.slice(middle), ...asked.slice(0, middle)];
      const [one, other] = [asked, turned].map((each) =>
        decideRemovals({ complete, unseen, accepted, answers: new Map(each) }),
      );
      const sorted = (removals: typeof one) => removals?.byId.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect([sorted(other), other?.others]).toEqual([sorted(one), one?.others]);
      const said = new Map(asked);
      for (const { id, fate } of one?.byId ?? []) {
        if (said.get(id) === 'there') expect(fate).toBe('there');
        if (!complete && fate === 'gone') expect(said.get(id)).toBe('gone');
      }
    }),
    { numRuns: 200 },
  );
});
