import { confirms } from '../../../src/model/confirmation.ts';
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
const mutant = (name: string, find: string, replace: string): Mutant => ({
  ...{ name, tries },
  patches: [{ file, find, replace }],
});

export const confirmationPolicy: Target = {
  name: 'what confirms a write',
  promise: 'A write is confirmed only as the confirmation rule says, for every caller and any input.',
  full: 200_000,
  mutants: [
    mutant('a plan that can always be undone', 'isIrreversible: irreversible,', 'isIrreversible: false,'),
    mutant('any id is the one', 'given === confirmations[0] || given === id', 'true'),
    mutant('a name is as good as the id', 'given === confirmations[0] ||', 'confirmations.includes(given) ||'),
    mutant('rows that can always be undone', 'isIrreversible: final.length > 0,', 'isIrreversible: false,'),
    mutant('rows that count only as a whole', 'final.length > 0 ? final : plan.rows', 'plan.rows'),
    mutant('any digest is the one', 'isDigestOf(plan, given)', 'true'),
    mutant(
      'a key for what cannot be undone',
      'subject.isIrreversible ? typed(subject) : { kind',
      'false ? typed(subject) : { kind',
    ),
    mutant('the key that opened it', 'not: way.openedBy', 'not: null'),
    mutant(
      'a spoken yes for what cannot be undone',
      "subject.isIrreversible ? typed(subject) : { kind: 'answer', accepted: ['yes']",
      "false ? typed(subject) : { kind: 'answer', accepted: ['yes']",
    ),
    mutant('a spoken y', "accepted: ['yes'], isCaseless: false", "accepted: ['yes', 'y'], isCaseless: false"),
    mutant('a spoken YES', "accepted: ['yes'], isCaseless: false", "accepted: ['yes'], isCaseless: true"),
    mutant(
      'a key for many rows',
      "case 'marked rows':\n      return typed(subject);",
      "case 'marked rows':\n      return { kind: 'key', not: null };",
    ),
    mutant('a plan file without its digest', "isIrreversible || (by === 'plan file' && !isTerminal)", 'isIrreversible'),
    mutant('--yes alone', "isIrreversible || (by === 'plan file' && !isTerminal)", "by === 'plan file' && !isTerminal"),
    mutant('another digest', "isIrreversible || by === 'plan file' ? proofFault", 'isIrreversible ? proofFault'),
    mutant('another id', "isIrreversible || by === 'plan file' ? proofFault", "by === 'plan file' ? proofFault"),
    mutant('--confirm alone', 'yes && (confirm !== null || !needsProof)', 'confirm !== null || !needsProof'),
    mutant(
      'nobody is asked',
      'if (!isTerminal) return refused',
      "if (!isTerminal) return { kind: 'confirmed' };\n  if (false) return refused",
    ),
    mutant(
      'y for what cannot be undone',
      "return isIrreversible ? typed(subject) : { kind: 'answer', accepted: ['y'",
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
  readonly isFinal: boolean;
  readonly words: readonly string[];
  readonly proof: string;
}

const texts = ['sub-1', 'Backup 100', 'y', 'yes', 'YES', ' y ', '', 'cancel 1', 'cancel 2', 'update 1', 'enter', 'a'];

function onePlan(random: SeededRandom): { readonly subject: Confirmable; readonly rule: Rule } {
  const [irreversible, id] = [random.below(2) === 0, random.pick(['sub-1', 'a', 'y'])];
  const confirmations = random.below(2) === 0 ? [id] : [id, 'Backup 100'];
  return {
    subject: confirmablePlan({ irreversible, confirmations }),
    rule: { isFinal: irreversible, words: confirmations, proof: id },
  };
}

function manyRows(random: SeededRandom): { readonly subject: Confirmable; readonly rule: Rule } {
  const [final, other] = [random.below(3), 1 + random.below(2)];
  const row = (verb: string, irreversible: boolean) => ({ verb, irreversible });
  const rows = [...Array(other).fill(row('update', false)), ...Array(final).fill(row('cancel', true))];
  const plan = { rows, unknownRows: [] } as unknown as BulkPlan;
  return {
    subject: confirmableRows(plan),
    rule: {
      isFinal: final > 0,
      words: [final > 0 ? `cancel ${final}` : `update ${other}`],
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
  [1, 2].map((other) => {
    const rows = [
      ...Array(other).fill({ verb: 'update', irreversible: false }),
      ...Array(final).fill({ verb: 'cancel', irreversible: true }),
    ];
    return planDigest({ rows, unknownRows: [] } as unknown as BulkPlan);
  }),
);

function anyGiven(random: SeededRandom): ConfirmationGiven {
  const isByHand = random.below(4) > 0;
  const text = random.pick(texts);
  return random.below(2) === 0 ? { kind: 'key', key: text, isByHand } : { kind: 'line', text, isByHand };
}

/** The independent rule. */
function mayBeSent({ isFinal, words, proof }: Rule, way: ConfirmationWay, given: ConfirmationGiven): boolean {
  const line = given.kind === 'line' && given.isByHand ? given.text : null;
  const isTyped = line !== null && confirms(words, line);
  if (way.by === 'keys')
    return isFinal ? isTyped : given.kind === 'key' && given.isByHand && given.key !== way.openedBy;
  if (way.by === 'screen reader') return isFinal ? isTyped : line === 'yes';
  if (way.by === 'marked rows') return isTyped;
  const isProved = way.confirm === proof;
  if (way.confirm !== null && !isProved && (isFinal || way.by === 'plan file')) return false;
  const needsProof = isFinal || (way.by === 'plan file' && !way.isTerminal);
  if (way.yes && (isProved || !needsProof)) return true;
  if (!way.isTerminal) return false;
  return isFinal ? isTyped : line !== null && ['y', 'yes'].includes(line.trim().toLowerCase());
}
