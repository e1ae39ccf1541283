import stringWidth from 'string-width';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PlanMoney } from '../../src/model/plan-money.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { makeTheme } from '../../src/screens/parts/theme.ts';
import { overlayText } from '../../src/screens/screen-reader/overlay-text.ts';
import { bulkScreen } from '../../src/state/today-screens.ts';
import { push } from '../../src/state/updates/navigate.ts';
import { giveReason, openPlan, openReason, otherPlanKey } from '../../src/state/updates/plan.ts';
import type { BulkPlan } from '../../src/writes/bulk/plan-file.ts';
import type { Plan } from '../../src/writes/contract.ts';
import { makeConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { safe, subscription } from '../state/rows.ts';
import { frameOf } from './frame.tsx';

const names = {
  'wide letters': '安全なメール保護'.repeat(32).slice(0, 255),
  'right to left': 'חשבונית ענן מאובטחת '.repeat(13).slice(0, 255).trim(),
  emoji: '🚀👩‍💻☁️'.repeat(60).slice(0, 255),
  'one long word': 'W'.repeat(255),
  'many words': 'Backup for everybody '.repeat(12).trim(),
};
const ids = {
  short: 'sub-1',
  long: `sub-${'0123456789'.repeat(19)}abcdef`,
};
const sizes = [
  [60, 16],
  [80, 24],
  [120, 40],
] as const;
const rule = 'Cloudmore will cancel it immediately and keep it in its lists as cancelled. This cannot be undone.';
const charged = {
  isKnown: true,
  brief: 'the days used',
  sentence: 'Cancelled by 2026-11-24T00:00:00Z, only the days used are charged; later the whole term is charged.',
} as const;

/** What each plan says of money: amounts as long as real ones become, and what is still charged. */
const moneys = {
  cancel: moneyOf('1234567.89', '0.00', '-1234567.89', charged),
  'set-quantity': moneyOf('1234567.89', '839506.17', '-395061.72', null),
  update: null,
  'addon-cancel': { ...moneyOf(null, null, null, charged), price: null, basis: null },
} satisfies Record<string, PlanMoney | null>;

function moneyOf(
  from: string | null,
  to: string | null,
  change: string | null,
  after: PlanMoney['charged'],
): PlanMoney {
  const price = { kind: 'list', amount: '49382.7156', currency: safe('EUR') } as const;
  return { price, basis: 'unit', period: 'month', from, to, change, noPrice: null, charged: after };
}

const irreversible = (verb: string) => verb === 'cancel' || verb === 'addon-cancel';

function planFor(verb: 'cancel' | 'set-quantity' | 'update' | 'addon-cancel', target: Subscription, to = 17): Plan {
  const { ref, name, organization } = target;
  const of = `${name} (quantity 25) of ${organization?.name}`;
  const changes = {
    cancel: { sentence: `Cancel ${of}.`, before: { status: 'active' }, after: { status: 'cancelled' } },
    'set-quantity': { sentence: `Lower ${of}.`, before: { quantity: 25 }, after: { quantity: to } },
    update: { sentence: `Rename ${of}.`, before: { name }, after: { name: `${name}!` } },
    'addon-cancel': {
      sentence: `End Extra ${name} of ${of}.`,
      before: { addonId: '7' },
      after: { addonId: '7', cancelAtPeriodEnd: true },
    },
  }[verb];
  const isFinal = irreversible(verb);
  const step = { name: verb, method: 'PUT', path: '/1', send: () => Promise.reject(new Error('never')) } as const;
  return {
    writeRequest: { verb: 'suspend', ref },
    verb,
    ref,
    target,
    connection: target.connection,
    account: 'cloudmore https://api.cloudmore.com',
    organization,
    rule,
    irreversible: isFinal,
    money: moneys[verb],
    changedSince: [`organization Acme Oy → ${organization?.name}`],
    unsaid: [],
    remembered: [],
    confirmations: verb === 'addon-cancel' ? ['7', `Extra ${name}`] : [target.id, name],
    draft: { ...changes, rule, irreversible: isFinal, newQuantity: verb === 'set-quantity' ? to : null, steps: [step] },
    ...changes,
  };
}

function opened(plan: Plan, [columns, rows]: readonly [number, number]) {
  const fixture = makeFixture(plan.target === null ? [] : [plan.target]);
  const console = makeConsole(fixture, { columns, rows });
  onTestFinished(() => console.stop());
  console.store.update((state) => openPlan(state, plan, { reason: null, form: null }));
  return console;
}

function row(name: string, id: string): Subscription {
  const long = safe(name);
  return subscription({
    id,
    name: long,
    seller: { id: 's1', name: long },
    reseller: { id: 'r1', name: safe(`${name.slice(0, 200)} Reseller`) },
    organization: { id: 'o1', name: safe(`Org ${name}`) },
    product: { id: 'p1', name: safe(`Product ${name}`) },
  });
}

/** The content of the box, without its border. */
const inside = (frame: readonly string[]) => frame.flatMap((line) => /[│](.*)[│]/u.exec(line)?.[1]?.trim() ?? []);

describe.each(sizes)('a plan at %i×%i', (...size) => {
  describe.each(Object.entries(names))('with names in %s', (_, name) => {
    describe.each(Object.entries(ids))('and a %s id', (_id, id) => {
      it.each(['cancel', 'set-quantity', 'update', 'addon-cancel'] as const)(
        'fits for %s with the complete reference',
        (verb) => {
          const target = row(name, id);
          const frame = frameOf(opened(planFor(verb, target), size));
          expect(frame).toHaveLength(size[1]);
          expect(frame.filter((line) => stringWidth(line) > size[0])).toEqual([]);
          const lines = inside(frame);
          const text = lines.join(' ');
          expect(text).not.toContain('does not fit');
          expect(lines.join('')).toContain(target.ref);
          expect(text).toContain('This cannot be undone.');
          expect(text).toContain('Org');
          expect(text).toContain(irreversible(verb) ? '>' : 'Press  y  to send');
          expect(text).toContain(
            { cancel: '(quantity 25)', 'set-quantity': '25 → 17', update: 'Name', 'addon-cancel': '(quantity 25)' }[
              verb
            ],
          );
          expect(text).toContain('Changed since it was last read');
          expect(text).toContain(
            { cancel: '−1,234,567.89 EUR', 'set-quantity': '−395,061.72 EUR', update: '', 'addon-cancel': '' }[verb],
          );
          if (irreversible(verb)) expect(text).toMatch(/only the days used are charged|still charged: the days used/);
        },
      );
    });
  });
});

it('still fits with the message after a wrong confirmation', () => {
  const console = opened(planFor('cancel', row(names['wide letters'], ids.long)), [60, 16]);
  console.store.update((state) =>
    state.overlay?.kind === 'plan'
      ? { ...state, overlay: { ...state.overlay, problem: 'The typed text does not match. Nothing was sent.' } }
      : state,
  );
  const lines = inside(frameOf(console));
  expect(lines).toContain('The typed text does not match. Nothing was sent.');
  expect(lines.join('')).toContain(ids.long);
});

it.each(sizes)('shows the reason at %i×%i, or how to give one, and the line it is typed in', (...size) => {
  const console = opened(planFor('update', row('Backup 100', 'sub-1')), size);
  const shown = () => inside(frameOf(console));
  if (size[1] > 16) expect(shown()).toContain('Reason  none; Tab adds one, such as a ticket number');
  console.store.update((state) => giveReason(state, 'TICKET-4711'));
  expect(shown()).toContain('Reason  TICKET-4711');
  expect(shown().join(' ')).toContain('Press  y  to send, Esc to go back.');
  console.store.update(openReason);
  expect(shown()).toContain('Press Enter to keep it, Esc to leave it as it was.');
  expect(shown().join(' ')).not.toContain('to send');
});

it.each(sizes)('asks for the new number of a large change at %i×%i', (...size) => {
  const target = row(names['wide letters'], ids.long);
  const lines = inside(frameOf(opened(planFor('set-quantity', target, 2500), size)));
  expect(lines.join('')).toContain(target.ref);
  expect(lines.join(' ')).toMatch(
    /arge change \(setting guard\)\. (?:To send it, type exactly: 2500|Type 2500 to send it\.) >/,
  );
  expect(lines.join(' ')).not.toContain('Press  y  to send');
});

it.each(sizes)('still fits at %i×%i with the message after a stray key', (...size) => {
  const console = opened(planFor('update', row(names['wide letters'], ids.long)), size);
  console.store.update(otherPlanKey);
  const lines = inside(frameOf(console));
  expect(lines).toContain('Only y, Tab and Esc work here. Nothing was sent.');
  expect(lines.join(' ')).toContain('Press  y  to send');
  expect(lines.join('')).toContain(ids.long);
});

it('offers a name to type only if it is shown in full', () => {
  const offer = (name: string, size: readonly [number, number]) => {
    const lines = inside(frameOf(opened(planFor('cancel', row(name, 'sub-1')), size)));
    return lines[lines.findIndex((line) => line.includes('type exactly:')) + 1];
  };
  expect(offer('Backup 100', [80, 24])).toBe('sub-1  or  Backup 100');
  expect(offer(names['wide letters'], [120, 40])).toBe('sub-1');
  expect(offer(names['one long word'], [120, 40])).toBe('sub-1');
  expect(offer('Rocket 🚀', [80, 24])).toBe('sub-1');
});

it('lists everything in plain lines, with the complete reference', () => {
  const plan = planFor('cancel', row(names['wide letters'], ids.long));
  const console = opened(plan, [60, 16]);
  const { overlay } = console.state();
  if (overlay === null) throw new Error('No plan is open.');
  const theme = makeTheme({ contrast: 'normal', marks: 'unicode', spinner: false, colour: false, background: 'dark' });
  const said = overlayText(overlay, console.state(), theme);
  expect(said).toContain(plan.ref);
  expect(said.join('').replaceAll(' ', '')).toContain(plan.sentence.replaceAll(' ', ''));
  expect(said.some((line) => line.startsWith(ids.long))).toBe(true);
});

describe.each(sizes)('a plan of many changes at %i×%i', (...size) => {
  it.each(Object.entries(ids))('shows the complete reference of the row under the cursor, with a %s id', (_, id) => {
    const targets = ['1', '2'].map((end) => row(names['wide letters'], `${id}${end}`));
    const fixture = makeFixture(targets);
    const [columns, rows] = size;
    const console = makeConsole(fixture, { columns, rows });
    onTestFinished(() => console.stop());
    const lines = targets.map((target, at): BulkPlan['rows'][number] => {
      const { ref, verb, sentence, irreversible: isFinal, before, after, money } = planFor('cancel', target);
      const writeRequest = { verb: 'cancel', ref, mode: null } as const;
      return {
        ...{ row: at + 1, verb, ref, sentence, rule, irreversible: isFinal, before, after },
        ...{ money, writeRequest, target },
      };
    });
    const plan: BulkPlan = {
      ...{ format: 'subdeck-plan', version: 1, id: 'plan-of-the-test' },
      ...{ createdAt: '2026-11-21T12:00:00Z', by: 'tester', source: 'console', rows: lines, unknownRows: [] },
    };
    console.store.update((state) => push(state, bulkScreen(plan, { leftOut: [], outside: new Set() })));
    const frame = frameOf(console);
    expect(frame).toHaveLength(rows);
    expect(frame.filter((line) => stringWidth(line) > columns)).toEqual([]);
    expect(frame.map((line) => line.trim()).join('')).toContain(targets[0]?.ref);
    expect(frame.join(' ')).toContain('This cannot be undone.');
    expect(frame.join(' ')).toContain('Total: −2,469,135.78 EUR a month (list, 2 rows)');
  });
});
