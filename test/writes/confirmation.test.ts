import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Draft } from '../../src/api/contract.ts';
import { usualGuard } from '../../src/model/guard.ts';
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
import { subscription } from '../state/rows.ts';

const word = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('sub-1', 'y', 'yes', 'Backup 100', 'cancel 2', 'b'));
const change = fc.record({ from: fc.option(fc.nat()), to: fc.nat() });
const anyText = {
  words: fc.array(word, { minLength: 1, maxLength: 3 }),
  what: fc.constantFrom('id', 'quantity', 'digest'),
};
const confirmable = ({
  words,
  what,
  ...kind
}: Pick<Confirmable, 'isIrreversible' | 'large' | 'words'> & {
  readonly what: Confirmable['proof']['what'];
}): Confirmable => {
  const [text = ''] = words;
  return { ...kind, words, proof: { what, text, is: (given) => given === text } };
};
/** What a key or a yes confirms. */
const plain = fc.record({ ...anyText, isIrreversible: fc.constant(false), large: fc.constant([]) }).map(confirmable);
/** What cannot be undone, or changes a quantity by more than the guard, or both. */
const guarded = fc
  .record({ ...anyText, isIrreversible: fc.boolean(), large: fc.array(change, { maxLength: 2 }) })
  .filter(({ isIrreversible, large }) => isIrreversible || large.length > 0)
  .map(confirmable);

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

/** A plan of one change, as far as its confirmation looks at it. */
function planOf({ from, to }: { readonly from: number | null; readonly to: number | null }, irreversible = false) {
  return {
    ...{ irreversible, confirmations: ['sub-1', 'Backup 100'] },
    target: subscription({ id: 'sub-1', quantity: from }),
    draft: { newQuantity: to } as Draft,
    writeRequest: { verb: 'set-quantity', ref: 'nordic/sub-1', quantity: to ?? 0 } as const,
  };
}

function rowOf(from: number | null, newQuantity: number | null) {
  const target = subscription({ id: 'sub-1', quantity: from });
  return { verb: 'set-quantity', irreversible: false, target, newQuantity, writeRequest: {}, after: {} };
}

const isSent = (asked: Confirmation, given: ConfirmationGiven) => whyNotConfirmed(asked, given) === null;

describe('an irreversible write, or a large change of a quantity', () => {
  test('needs its words typed by hand, or --yes with --confirm', () => {
    fc.assert(
      fc.property(guarded, anyWay, anyGiven, (about, way, given) => {
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
      fc.property(guarded, anyWay, anyGiven, (about, way, given) => {
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
      fc.property(guarded, byLine, word, (about, way, confirm) => {
        fc.pre(!about.proof.is(confirm));
        expect(confirmation(about, { ...way, confirm })).toMatchObject({ kind: 'refused', fault: { kind: 'usage' } });
      }),
    );
  });
});

describe('without a terminal', () => {
  test('a reversible write needs --yes, a plan file always the digest', () => {
    fc.assert(
      fc.property(plain, byLine, (about, way) => {
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
      fc.property(plain, fc.option(word), word, fc.boolean(), (about, openedBy, key, isByHand) => {
        const asked = confirmation(about, { by: 'keys', openedBy });
        expect(isSent(asked, { kind: 'key', key, isByHand })).toBe(isByHand && key !== openedBy);
      }),
    );
  });

  test('needs more than a key if many rows change', () => {
    fc.assert(
      fc.property(plain, word, (about, key) => {
        const asked = confirmation(about, { by: 'marked rows' });
        expect(isSent(asked, { kind: 'key', key, isByHand: true })).toBe(false);
      }),
    );
  });

  test('accepts yes as a whole line, and y only where the question says so', () => {
    const about = confirmablePlan(planOf({ from: 25, to: 20 }), usualGuard);
    const line = (text: string) => ({ kind: 'line', text, isByHand: true }) as const;
    const spoken = confirmation(about, { by: 'screen reader' });
    expect(['yes', 'y', 'YES', ''].map((text) => isSent(spoken, line(text)))).toEqual([true, false, false, false]);
    const asked = confirmation(about, { by: 'words', isTerminal: true, yes: false, confirm: null });
    expect(['yes', ' Y ', 'n', ''].map((text) => isSent(asked, line(text)))).toEqual([true, true, false, false]);
  });
});

test('a plan file asks for its irreversible operations with counts, else for all', () => {
  const row = (verb: 'cancel' | 'delete' | 'update', irreversible: boolean) => ({
    ...rowOf(25, null),
    verb,
    irreversible,
  });
  const wordsOf = (rows: readonly object[]) =>
    confirmableRows({ rows, unknownRows: [] } as unknown as BulkPlan, usualGuard).words;
  expect(wordsOf([row('update', false), row('update', false)])).toEqual(['update 2']);
  expect(wordsOf([row('cancel', true), row('update', false), row('cancel', true), row('delete', true)])).toEqual([
    'cancel 2, delete 1',
  ]);
});

test('--confirm takes the id; of an add-on also its name, if no other has it', () => {
  const words = (plan: Parameters<typeof confirmablePlan>[0], confirm: string) =>
    confirmation(confirmablePlan(plan, usualGuard), { by: 'words', isTerminal: false, yes: true, confirm }).kind;
  const { draft, target } = planOf({ from: 5, to: null });
  const base = { draft, target, irreversible: true };
  const addon = { verb: 'addon-cancel', ref: 'nordic/sub-1', addonId: 'a3' } as const;
  const named = { ...base, confirmations: ['a3', 'Storage'], writeRequest: addon };
  const twice = { ...base, confirmations: ['a3'], writeRequest: addon };
  const whole = {
    ...{ ...base, confirmations: ['sub-1', 'Backup 100'] },
    writeRequest: { verb: 'cancel', ref: 'nordic/sub-1', mode: 'cancel' },
  } as const;
  expect(['a3', 'Storage', 'storage', 'sub-1', ''].map((given) => words(named, given))).toEqual([
    ...['confirmed', 'confirmed', 'refused', 'refused', 'refused'],
  ]);
  expect(words(twice, 'Storage')).toBe('refused');
  expect(['sub-1', 'Backup 100'].map((given) => words(whole, given))).toEqual(['confirmed', 'refused']);
});

describe('the setting guard', () => {
  const byWords = (plan: ReturnType<typeof planOf>, confirm: string | null, yes = true) =>
    confirmation(confirmablePlan(plan, usualGuard), { by: 'words', isTerminal: false, yes, confirm });

  test.each([
    [5, 15, 'key'],
    [5, 16, 'typed'],
    [16, 5, 'typed'],
    [1, 10, 'key'],
    [1, 11, 'typed'],
    [0, 9, 'key'],
    [0, 10, 'typed'],
    [10, 0, 'typed'],
    [400, 390, 'key'],
    [400, 133, 'typed'],
    [null, 10, 'typed'],
    [400, null, 'key'],
  ] as const)('from %j to %j wants: %s', (from, to, kind) => {
    expect(confirmation(confirmablePlan(planOf({ from, to }), usualGuard), { by: 'keys', openedBy: null }).kind).toBe(
      kind,
    );
  });

  test('compares a new subscription with nothing', () => {
    const plan = { ...planOf({ from: 5, to: 500 }), target: null };
    expect(confirmablePlan(plan, usualGuard).large).toEqual([]);
  });

  test('wants the new number typed, and takes it as --confirm', () => {
    const plan = planOf({ from: 5, to: 500 });
    const asked = confirmation(confirmablePlan(plan, usualGuard), { by: 'keys', openedBy: null });
    const line = (text: string) => ({ kind: 'line', text, isByHand: true }) as const;
    expect(['500', '50', '5000', 'sub-1', 'y', ''].map((text) => isSent(asked, line(text)))).toEqual([
      ...[true, false, false, false, false, false],
    ]);
    expect(byWords(plan, '500')).toEqual({ kind: 'confirmed' });
    expect(byWords(plan, '50')).toMatchObject({
      fault: {
        message: '--confirm 50 is not the new quantity, so nothing was sent.',
        next: 'The new quantity is 500.',
      },
    });
    expect(byWords(plan, null)).toMatchObject({
      fault: {
        message: 'From 5 to 500 is a large change (setting guard). Nothing was sent.',
        next: 'Check the number. Add --yes --confirm 500 to send it.',
      },
    });
  });

  test('wants the id and the number of a large change that cannot be undone', () => {
    const plan = planOf({ from: 500, to: 5 }, true);
    const { words } = confirmablePlan(plan, usualGuard);
    expect(words).toEqual(['sub-1 5', 'Backup 100 5']);
    expect(byWords(plan, 'sub-1 5')).toEqual({ kind: 'confirmed' });
    for (const confirm of ['sub-1', '5', 'Backup 100 5']) expect(byWords(plan, confirm).kind).toBe('refused');
  });

  test('adds the sum of the new numbers to the text of a bulk plan', () => {
    const rows = [rowOf(5, 500), rowOf(40, 38), rowOf(9, 4300)];
    const subject = confirmableRows({ rows, unknownRows: [] } as unknown as BulkPlan, usualGuard);
    expect(subject.words).toEqual(['set-quantity 3, 4800 seats']);
    expect(confirmation(subject, { by: 'plan file', isTerminal: true, yes: true, confirm: null }).kind).toBe('typed');
  });

  test('is met by the digest of a reviewed plan file', () => {
    const plan = { rows: [rowOf(5, 500)], unknownRows: [] } as unknown as BulkPlan;
    const subject = confirmableRows(plan, usualGuard);
    const way = { by: 'plan file', isTerminal: false, yes: true } as const;
    expect(confirmation(subject, { ...way, confirm: subject.proof.text }).kind).toBe('confirmed');
    expect(confirmation(subject, { ...way, confirm: null }).kind).toBe('refused');
  });

  test('looks at the request of a row that was planned by Subdeck 0.1.0', () => {
    const { newQuantity: _, ...row } = rowOf(5, 0);
    const old = { ...row, writeRequest: { verb: 'set-quantity', ref: 'nordic/sub-1', quantity: 500 } };
    const { words } = confirmableRows({ rows: [old], unknownRows: [] } as unknown as BulkPlan, usualGuard);
    expect(words).toEqual(['set-quantity 1, 500 seats']);
  });
});
