import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BulkPlan } from '../../src/writes/bulk/plan-file.ts';
import {
  type Confirmable,
  type Confirmation,
  type ConfirmationGiven,
  type ConfirmationWay,
  confirmablePlan,
  confirmableRows,
  confirmation,
  whyNotConfirmed,
} from '../../src/writes/confirmation.ts';

const word = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('sub-1', 'y', 'yes', 'Backup 100', 'cancel 2', 'b'));
const subject = (isIrreversible: boolean) =>
  fc
    .record({ words: fc.array(word, { minLength: 1, maxLength: 3 }), what: fc.constantFrom('id', 'digest') })
    .map(({ words, what }): Confirmable => {
      const [text = ''] = words;
      return { isIrreversible, words, proof: { what, text, is: (given) => given === text } };
    });

const byPerson: fc.Arbitrary<ConfirmationWay> = fc.oneof(
  fc.record({ by: fc.constant('keys' as const), openedBy: fc.option(word) }),
  fc.record({ by: fc.constantFrom('screen reader' as const, 'marked rows' as const) }),
);
const byLine = fc.record({
  by: fc.constantFrom('words' as const, 'plan file' as const),
  isTerminal: fc.boolean(),
  yes: fc.boolean(),
  confirm: fc.option(word),
});
const anyWay: fc.Arbitrary<ConfirmationWay> = fc.oneof(byPerson, byLine);

const anyGiven: fc.Arbitrary<ConfirmationGiven> = fc.oneof(
  fc.record({ kind: fc.constant('key' as const), key: word, isByHand: fc.boolean() }),
  fc.record({ kind: fc.constant('line' as const), text: fc.oneof(word, fc.constant('')), isByHand: fc.boolean() }),
);

const isSent = (asked: Confirmation, given: ConfirmationGiven) => whyNotConfirmed(asked, given) === null;

describe('an irreversible write', () => {
  test('needs its words typed by hand, or --yes with --confirm', () => {
    fc.assert(
      fc.property(subject(true), anyWay, anyGiven, (about, way, given) => {
        const asked = confirmation(about, way);
        const isTyped = given.kind === 'line' && given.isByHand && about.words.includes(given.text);
        const isProved = 'yes' in way && way.yes && way.confirm !== null && about.proof.is(way.confirm);
        const isSpelled =
          given.kind === 'line' && given.isByHand && asked.kind === 'typed' && asked.offered.includes(given.text);
        if (isSent(asked, given)) expect(isTyped || isProved || isSpelled).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test('is never confirmed by a key, a paste, or --yes alone', () => {
    fc.assert(
      fc.property(subject(true), anyWay, anyGiven, (about, way, given) => {
        const unproved = 'yes' in way ? { ...way, confirm: null } : way;
        const asked = confirmation(about, unproved);
        expect(asked.kind).not.toBe('confirmed');
        expect(asked.kind).not.toBe('key');
        expect(isSent(asked, { kind: 'key', key: 'y', isByHand: true })).toBe(false);
        expect(isSent(asked, { ...given, isByHand: false })).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test('is refused if --confirm does not match, on a terminal too', () => {
    fc.assert(
      fc.property(subject(true), byLine, word, (about, way, confirm) => {
        fc.pre(!about.proof.is(confirm));
        expect(confirmation(about, { ...way, confirm })).toMatchObject({ kind: 'refused', fault: { kind: 'usage' } });
      }),
    );
  });
});

describe('without a terminal', () => {
  test('a reversible write needs --yes, a plan file always the digest', () => {
    fc.assert(
      fc.property(subject(false), byLine, (about, way) => {
        const asked = confirmation(about, { ...way, isTerminal: false });
        const isProved = way.confirm !== null && about.proof.is(way.confirm);
        const isEnough = way.yes && (way.by === 'words' || isProved);
        expect(asked.kind).toBe(isEnough ? 'confirmed' : 'refused');
      }),
    );
  });
});

describe('a reversible write', () => {
  test('needs one key pressed by hand, other than the one that opened the plan', () => {
    fc.assert(
      fc.property(subject(false), fc.option(word), word, fc.boolean(), (about, openedBy, key, isByHand) => {
        const asked = confirmation(about, { by: 'keys', openedBy });
        expect(isSent(asked, { kind: 'key', key, isByHand })).toBe(isByHand && key !== openedBy);
      }),
    );
  });

  test('needs more than a key if many rows change', () => {
    fc.assert(
      fc.property(subject(false), word, (about, key) => {
        const asked = confirmation(about, { by: 'marked rows' });
        expect(isSent(asked, { kind: 'key', key, isByHand: true })).toBe(false);
      }),
    );
  });

  test('accepts yes as a whole line, and y only where the question says so', () => {
    const about = confirmablePlan({ irreversible: false, confirmations: ['sub-1'] });
    const line = (text: string) => ({ kind: 'line', text, isByHand: true }) as const;
    const spoken = confirmation(about, { by: 'screen reader' });
    expect(['yes', 'y', 'YES', ''].map((text) => isSent(spoken, line(text)))).toEqual([true, false, false, false]);
    const asked = confirmation(about, { by: 'words', isTerminal: true, yes: false, confirm: null });
    expect(['yes', ' Y ', 'n', ''].map((text) => isSent(asked, line(text)))).toEqual([true, true, false, false]);
  });
});

test('a plan file asks for its irreversible operations with counts, else for all', () => {
  const row = (verb: 'cancel' | 'delete' | 'update', irreversible: boolean) => ({ verb, irreversible });
  const wordsOf = (rows: readonly object[]) => confirmableRows({ rows, unknownRows: [] } as unknown as BulkPlan).words;
  expect(wordsOf([row('update', false), row('update', false)])).toEqual(['update 2']);
  expect(wordsOf([row('cancel', true), row('update', false), row('cancel', true), row('delete', true)])).toEqual([
    'cancel 2, delete 1',
  ]);
});
