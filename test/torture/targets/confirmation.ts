import type { Draft } from '../../../src/api/contract.ts';
import { confirms } from '../../../src/model/confirmation.ts';
import type { Subscription } from '../../../src/model/subscription.ts';
import { planDigest } from '../../../src/writes/bulk/plan-digest.ts';
import type { BulkPlan } from '../../../src/writes/bulk/plan-file.ts';
import {
  type Confirmable,
  type ConfirmationGiven,
  type ConfirmationWay,
  confirmablePlan,
  confirmableRows,
  confirmation,
  whyNotConfirmed,
} from '../../../src/writes/confirmation.ts';
import { type Mutant, type SeededRandom, seededRandom, type Target } from '../target.ts';

const file = 'src/writes/confirmation.ts';
const tries = 20_000;
const mutant = (name: string, find: string, replace: string, where = file): Mutant => ({
  ...{ name, tries },
  patches: [{ file: where, find, replace }],
});

export const confirmationPolicy: Target = {
  name: 'what confirms a write',
  promise: 'A write is confirmed only as the confirmation rule says, for every caller and any input.',
  full: 200_000,
  mutants: [
    mutant('a plan that can always be undone', 'isIrreversible: irreversible, large', 'isIrreversible: false, large'),
    mutant('any id is the one', 'proofs.some((proof) => given === whole(proof))', 'true'),
    mutant('a name is as good as the id', 'isPart ? [...confirmations,', 'true ? [...confirmations,'),
    mutant('rows that can always be undone', 'isIrreversible: final.length > 0,', 'isIrreversible: false,'),
    mutant('rows that count only as a whole', 'final.length > 0 ? final : plan.rows', 'plan.rows'),
    mutant('any digest is the one', 'isDigestOf(plan, given)', 'true'),
    mutant(
      'a key for what cannot be undone',
      "needsText(subject) ? typed(subject) : { kind: 'key'",
      "false ? typed(subject) : { kind: 'key'",
    ),
    mutant('the key that opened it', 'not: way.openedBy', 'not: null'),
    mutant(
      'a spoken yes for what cannot be undone',
      "needsText(subject) ? typed(subject) : { kind: 'answer', accepted: ['yes']",
      "false ? typed(subject) : { kind: 'answer', accepted: ['yes']",
    ),
    mutant('a spoken y', "accepted: ['yes'], isCaseless: false", "accepted: ['yes', 'y'], isCaseless: false"),
    mutant('a spoken YES', "accepted: ['yes'], isCaseless: false", "accepted: ['yes'], isCaseless: true"),
    mutant(
      'a key for many rows',
      "case 'marked rows':\n      return typed(subject);",
      "case 'marked rows':\n      return { kind: 'key', not: null };",
    ),
    mutant('a plan file without its digest', "isText || (by === 'plan file' && !isTerminal)", 'isText'),
    mutant('--yes alone', "isText || (by === 'plan file' && !isTerminal)", "by === 'plan file' && !isTerminal"),
    mutant('another digest', "isText || by === 'plan file' ? proofFault", 'isText ? proofFault'),
    mutant('another id', "isText || by === 'plan file' ? proofFault", "by === 'plan file' ? proofFault"),
    mutant('--confirm alone', 'yes && (confirm !== null || !needsProof)', 'confirm !== null || !needsProof'),
    mutant(
      'nobody is asked',
      'if (!isTerminal) return refused',
      "if (!isTerminal) return { kind: 'confirmed' };\n  if (false) return refused",
    ),
    mutant(
      'y for what cannot be undone',
      "return isText ? typed(subject) : { kind: 'answer', accepted: ['y'",
      "return false ? typed(subject) : { kind: 'answer', accepted: ['y'",
    ),
    mutant(
      'a refusal that confirms',
      "if (asked.kind === 'refused') return asked.fault.message;",
      "if (asked.kind === 'refused') return null;",
    ),
    mutant('a paste', 'if (!given.isByHand) return notByHand;', ''),
    mutant(
      'a line in place of a key',
      "if (given.kind !== 'key') return 'Not confirmed, so nothing was sent.';",
      "if (given.kind !== 'key') return null;",
    ),
    mutant(
      'a key in place of a line',
      "if (given.kind !== 'line') return 'Type the text first.';",
      "if (given.kind !== 'line') return null;",
    ),
    mutant('any answer', 'asked.accepted.includes(text)', 'true'),
    mutant('a large change like any other', 'return isIrreversible || large.length > 0;', 'return isIrreversible;'),
    mutant('a large change in the place of what is final', 'return isIrreversible || large', 'return large'),
    mutant('any number is the one', 'given === number }', 'true }'),
    mutant('the id without the number', 'number === null ? word', 'true ? word'),
    mutant('many large changes like any other', 'large.length > 0 ?', 'false ?'),
    mutant('a factor that is reached', 'more > less * factor', 'more >= less * factor', 'src/model/guard.ts'),
    mutant('seats that are not reached', '>= seats &&', '> seats &&', 'src/model/guard.ts'),
    mutant('any word', 'if (confirms(asked.words, given.text)) return null;', 'return null;'),
  ],
  async run({ n, seed }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    let confirmed = 0;
    for (let nth = 0; nth < n; nth += 1) {
      const { subject, rule } = random.below(2) === 0 ? onePlan(random) : manyRows(random);
      const way = anyWay(random);
      const given = anyGiven(random);
      const isConfirmed = whyNotConfirmed(confirmation(subject, way), given) === null;
      if (isConfirmed) confirmed += 1;
      if (isConfirmed !== mayBeSent(rule, way, given)) {
        faults.push(`${JSON.stringify({ rule, way, given })}: ${isConfirmed ? 'confirmed' : 'not confirmed'}`);
      }
    }
    return { n, faults, facts: [`${confirmed} confirmed`] };
  },
};

/** The confirmation rule, implemented independently of the code it is compared with. */
interface Rule {
  readonly isText: boolean;
  readonly words: readonly string[];
  readonly proof: string;
}

const guard = { factor: 3, seats: 10 };
/** From and to, and whether that is large: around the factor and the seats. */
const changes = [
  [5, 15, false],
  [5, 16, true],
  [16, 5, true],
  [1, 10, false],
  [0, 10, true],
  [40, 38, false],
  [25, null, false],
] as const;

const texts = [
  ...['sub-1', 'Backup 100', 'y', 'yes', 'YES', ' y ', '', 'enter', 'a'],
  ...[
    'cancel 1',
    'cancel 2',
    'update 1',
    'update 1, 16 seats',
    'cancel 1, 16 seats',
    '16',
    '5',
    'sub-1 16',
    'a 10',
    'Backup 100 5',
  ],
];

function onePlan(random: SeededRandom): { readonly subject: Confirmable; readonly rule: Rule } {
  const [irreversible, id] = [random.below(2) === 0, random.pick(['sub-1', 'a', 'y'])];
  const confirmations = random.below(2) === 0 ? [id] : [id, 'Backup 100'];
  const [from, to, isLarge] = random.pick(changes);
  const target = { quantity: from } as Subscription;
  const writeRequest = { verb: 'cancel', ref: 'nordic/sub-1', mode: 'cancel' } as const;
  const plan = { irreversible, confirmations, target, draft: { newQuantity: to } as Draft, writeRequest };
  const whole = confirmations.map((word) => (isLarge ? `${word} ${to}` : word));
  const words = isLarge && !irreversible ? [`${to}`] : whole;
  return {
    subject: confirmablePlan(plan, guard),
    rule: { isText: irreversible || isLarge, words, proof: words[0] ?? '' },
  };
}

function rowsOf(final: number, other: number, [from, newQuantity]: (typeof changes)[number]) {
  const row = (verb: string, irreversible: boolean) => ({
    verb,
    irreversible,
    target: { quantity: from },
    newQuantity,
  });
  const [first, ...rest] = [...Array(other).fill(row('update', false)), ...Array(final).fill(row('cancel', true))];
  // One of them changes its quantity.
  const rows = [first, ...rest.map((each) => ({ ...each, newQuantity: null }))];
  return { rows, unknownRows: [] } as unknown as BulkPlan;
}

function manyRows(random: SeededRandom): { readonly subject: Confirmable; readonly rule: Rule } {
  const [final, other, change] = [random.below(3), 1 + random.below(2), random.pick(changes)];
  const plan = rowsOf(final, other, change);
  const [, to, isLarge] = change;
  const counts = final > 0 ? `cancel ${final}` : `update ${other}`;
  return {
    subject: confirmableRows(plan, guard),
    rule: {
      isText: final > 0 || isLarge,
      words: [isLarge ? `${counts}, ${to} seats` : counts],
      proof: planDigest(plan),
    },
  };
}

function anyWay(random: SeededRandom): ConfirmationWay {
  const by = random.pick(['keys', 'screen reader', 'marked rows', 'words', 'plan file'] as const);
  if (by === 'keys') return { by, openedBy: random.pick([null, ...texts]) };
  if (by === 'screen reader' || by === 'marked rows') return { by };
  const [isTerminal, yes] = [random.below(2) === 0, random.below(2) === 0];
  return { by, isTerminal, yes, confirm: random.pick([null, null, ...texts, ...digests]) };
}

const digests = [0, 1, 2].flatMap((final) =>
  [1, 2].flatMap((other) => changes.map((change) => planDigest(rowsOf(final, other, change)))),
);

function anyGiven(random: SeededRandom): ConfirmationGiven {
  const isByHand = random.below(4) > 0;
  const text = random.pick(texts);
  return random.below(2) === 0 ? { kind: 'key', key: text, isByHand } : { kind: 'line', text, isByHand };
}

/** The independent rule. */
function mayBeSent({ isText, words, proof }: Rule, way: ConfirmationWay, given: ConfirmationGiven): boolean {
  const line = given.kind === 'line' && given.isByHand ? given.text : null;
  const isTyped = line !== null && confirms(words, line);
  if (way.by === 'keys') return isText ? isTyped : given.kind === 'key' && given.isByHand && given.key !== way.openedBy;
  if (way.by === 'screen reader') return isText ? isTyped : line === 'yes';
  if (way.by === 'marked rows') return isTyped;
  const isProved = way.confirm === proof;
  if (way.confirm !== null && !isProved && (isText || way.by === 'plan file')) return false;
  const needsProof = isText || (way.by === 'plan file' && !way.isTerminal);
  if (way.yes && (isProved || !needsProof)) return true;
  if (!way.isTerminal) return false;
  return isText ? isTyped : line !== null && ['y', 'yes'].includes(line.trim().toLowerCase());
}
