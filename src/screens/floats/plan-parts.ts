import type { JournalEntry } from '../../model/journal-entry.ts';
import type { JsonObject } from '../../model/text.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { PlanBox } from '../../state/overlay.ts';
import { isImplied } from '../../state/trail.ts';
import { changeLines, valueText } from '../entry-lines.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Piece } from '../parts/spread.ts';
import type { Marks, Tone } from '../parts/theme.ts';
import { mixesAlphabets } from '../text/alphabets.ts';
import { widthOf } from '../text/cells.ts';
import { count } from '../text/numbers.ts';
import { wrap } from '../text/wrap.ts';

type Plan = PlanBox['plan'];

const titles: Readonly<Record<JournalEntry['verb'], string>> = {
  cancel: 'Cancel the subscription',
  delete: 'Delete the subscription',
  'set-quantity': 'Change the quantity',
  'set-license': 'Set the licence key',
  update: 'Change the subscription',
  suspend: 'Suspend the subscription',
  reactivate: 'Reactivate the subscription',
  create: 'Create a subscription',
  'renewal-set': 'Set the renewal',
  'reservation-create': 'Make a reservation',
  'reservation-withdraw': 'Withdraw the reservation',
  'addon-cancel': 'Cancel the add-on',
};

/** What a plan is, in a few words. */
export function planTitle(plan: Pick<Plan, 'verb' | 'before' | 'after'>): string {
  const change = seatsOf(plan);
  if (plan.verb !== 'set-quantity' || change === null || change.from === null) return titles[plan.verb];
  return change.to < change.from ? 'Lower the quantity' : 'Raise the quantity';
}

/** Whose it is and what it is: vendor, connection, organization; the name; the reference. Nothing stands there twice. */
export function planHead(plan: Plan, state: ConsoleState, room: number): readonly PieceLine[] {
  const { target, organization, connection } = plan;
  const view = state.connections.find((each) => each.name === connection);
  const above = [target?.seller, target?.reseller].flatMap((each) =>
    each === null || each === undefined || isImplied(each.id, connection) ? [] : [each.name],
  );
  const whose = [view?.vendor, view?.title, connection, ...above, organization?.name].filter(
    (name) => name !== undefined,
  );
  return [
    ...wrapped([...new Set(whose)].join(' · '), room, 'dim'),
    ...wrapped(target?.name ?? plan.ref, room, 'bold'),
    ...(target === null || target.product === null || target.product.name === target.name
      ? []
      : wrapped(target.product.name, room)),
    ...(target === null ? [] : wrapped(plan.ref, room, 'dim')),
    ...(mixesAlphabets(target?.name ?? '')
      ? wrapped('The name mixes alphabets, so it may only look like another: compare the id.', room, 'warn')
      : []),
  ];
}

/** What the plan does, said once: the fields as they are and as they will be where it sets fields, else its sentence. */
export function planDeed(plan: Plan, room: number, marks: Marks): readonly PieceLine[] {
  const change = seatsOf(plan);
  const money: Piece | null = plan.money === undefined ? null : { text: plan.money, tone: 'bold' };
  if (plan.verb === 'set-quantity' && change !== null && Object.keys(plan.after).length === 1) {
    const seats = `seats  ${count(change.from)} ${marks.arrow} ${count(change.to)}`;
    if (money === null) return [[{ text: seats, tone: 'bold' }]];
    const gap = room - widthOf(seats) - widthOf(money.text);
    return gap >= 3
      ? [[{ text: `${seats}${' '.repeat(Math.min(8, gap))}`, tone: 'bold' }, money]]
      : [[{ text: seats, tone: 'bold' }], [money]];
  }
  const deed = plan.verb === 'update' ? changeLines(plan.before, plan.after, room) : wrapped(plan.sentence, room);
  return money === null ? deed : [...deed, ...wrapped(money.text, room, 'bold')];
}

/** The same in one line, for a result: `seats 40 → 32`, or the sentence. */
export function deedInWords(plan: Plan, marks: Marks): string {
  const change = seatsOf(plan);
  if (plan.verb === 'set-quantity' && change !== null) {
    return `seats ${count(change.from)} ${marks.arrow} ${count(change.to)}`;
  }
  if (plan.verb !== 'update') return plan.sentence;
  return Object.keys(plan.after)
    .map((name) => `${name} ${valueText(plan.before[name])} ${marks.arrow} ${valueText(plan.after[name])}`)
    .join(', ');
}

function seatsOf(plan: { readonly before: JsonObject; readonly after: JsonObject }) {
  const { quantity: from } = plan.before;
  const { quantity: to } = plan.after;
  return typeof to === 'number' ? { from: typeof from === 'number' ? from : null, to } : null;
}

export function wrapped(text: string, room: number, tone: Tone = 'plain'): readonly PieceLine[] {
  return wrap(text, room).map((line): PieceLine => [{ text: line, tone }]);
}
