import { mixesAlphabets } from '../../model/alphabets.ts';
import { planMoneyWords } from '../../model/plan-money.ts';
import type { JsonObject } from '../../model/text.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { PlanBox } from '../../state/overlay.ts';
import { planShows } from '../../state/plan-words.ts';
import { isImplied } from '../../state/trail.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Marks, Tone } from '../parts/theme.ts';
import { changeLines, valueText } from '../screens/entry-lines.ts';
import { widthOf } from '../text/cells.ts';
import { clip } from '../text/fit.ts';
import { count } from '../text/numbers.ts';
import { wrap } from '../text/wrap.ts';

type Plan = PlanBox['plan'];

/** How much of a plan's texts is shown. The reference, numbers and Subdeck's own sentences are always complete. */
export interface PlanForm {
  /** Width of a name or another vendor text in cells; longer texts end in `…`. */
  readonly name: number;
  /** The fewest lines possible. */
  readonly isTight: boolean;
  /** Money in as few words as possible, and names only in the plan's sentence if it has one. */
  readonly isBrief: boolean;
}

export const wholeForm: PlanForm = { name: Number.POSITIVE_INFINITY, isTight: false, isBrief: false };
/** For a plan that was already confirmed. */
const briefForm: PlanForm = { name: 52, isTight: false, isBrief: false };

/** The subject: vendor, connection, organization; the name; the reference. No part is repeated. */
export function planHead(
  plan: Plan,
  state: ConsoleState,
  room: number,
  form: PlanForm = briefForm,
): readonly PieceLine[] {
  const { target, organization, connection } = plan;
  const view = state.connections.find((each) => each.name === connection);
  const above = [target?.seller, target?.reseller].flatMap((each) =>
    each === null || each === undefined || isImplied(each.id, connection) ? [] : [each.name],
  );
  const vendor = [view?.vendor, view?.title, connection];
  // The truncated end of this line is part of the reference, too.
  const whose = form.isTight
    ? [organization?.name, ...above.toReversed(), ...vendor]
    : [...vendor, ...above, organization?.name];
  const names = [...new Set(whose.filter((name) => name !== undefined))].map((name) => shortened(name, form));
  const product = target === null || target.product?.name === target.name ? null : (target.product?.name ?? null);
  const name = shortened(target?.name ?? plan.ref, target === null ? wholeForm : form);
  const isInSentence = form.isBrief && planShows(plan) === 'sentence' && target !== null;
  if (isInSentence) return [...wrapped(plan.ref, room, 'dim'), ...imitation(target.name, room)];
  return [
    ...(form.isTight ? oneLine(names.join(' · '), room, 'dim') : wrapped(names.join(' · '), room, 'dim')),
    ...(form.isTight && target !== null
      ? oneLine(product === null ? name : `${name} · ${shortened(product, form)}`, room, 'bold')
      : wrapped(name, room, 'bold')),
    ...(product === null || form.isTight ? [] : wrapped(shortened(product, form), room)),
    ...(target === null ? [] : wrapped(plan.ref, room, 'dim')),
    ...imitation(target?.name ?? '', room),
  ];
}

function imitation(name: string, room: number): readonly PieceLine[] {
  return mixesAlphabets(name)
    ? wrapped('The name mixes alphabets and may imitate another: compare the id.', room, 'warn')
    : [];
}

/** A vendor text in this many cells. */
export function shortened(text: string, { name }: PlanForm): string {
  return Number.isFinite(name) ? clip(text, name) : text;
}

/** A sentence with the plan's names, each in this many cells. */
export function withShortNames(text: string, plan: Plan, form: PlanForm): string {
  if (!Number.isFinite(form.name)) return text;
  const { target, organization, before, after, confirmations, remembered } = plan;
  const named = [target, target?.seller, target?.reseller, target?.product, organization, ...(target?.services ?? [])];
  const names = [
    ...named.map((each) => each?.name),
    ...remembered.map(({ name }) => name),
    ...confirmations,
    ...Object.values(before),
    ...Object.values(after),
  ].filter((name): name is string => typeof name === 'string' && widthOf(name) > form.name);
  const longestFirst = [...new Set(names)].sort((one, other) => other.length - one.length);
  return longestFirst.reduce((shorter, name) => shorter.replaceAll(name, shortened(name, form)), text);
}

/** What the plan does, once: the fields before and after if it sets fields, else its sentence. */
export function planDeed(plan: Plan, room: number, marks: Marks, form: PlanForm = wholeForm): readonly PieceLine[] {
  const change = seatsOf(plan);
  const shows = planShows(plan);
  if (shows === 'seats' && change !== null && Object.keys(plan.after).length === 1) {
    return [[{ text: `seats  ${count(change.from)} ${marks.arrow} ${count(change.to)}`, tone: 'bold' }]];
  }
  return shows === 'fields'
    ? changeLines(shortValues(plan.before, form), shortValues(plan.after, form), room)
    : wrapped(withShortNames(plan.sentence, plan, form), room);
}

/** The same in few words; empty where it changes none. */
export function planMoneyBrief({ money }: Pick<Plan, 'money'>): string {
  return money === null ? '' : planMoneyWords(money).brief;
}

/** What the plan changes in money. Tight: the change alone, if both sides do not fit into one line with it. */
export function planMoneyLines(
  { money }: Pick<Plan, 'money'>,
  room: number,
  marks: Marks,
  form: PlanForm = wholeForm,
): readonly PieceLine[] {
  if (money === null) return [];
  const { cost, change, sentences } = planMoneyWords(money, marks.arrow);
  const said = sentences.flatMap((sentence) => wrapped(sentence, room));
  if (cost === null || change === null) return said;
  const both = `cost   ${cost}`;
  const gap = room - widthOf(both) - widthOf(change);
  if (gap >= 3) {
    return [[{ text: `${both}${' '.repeat(Math.min(8, gap))}` }, { text: change, tone: 'bold' }], ...said];
  }
  const alone = wrapped(`cost   ${change}`, room, 'bold');
  return [...(form.isTight ? alone : [...wrapped(both, room), ...alone]), ...said];
}

/** The same in one line, for a result: `seats 40 → 32`, or the sentence. */
export function deedInWords(plan: Plan, marks: Marks): string {
  const change = seatsOf(plan);
  const shows = planShows(plan);
  if (shows === 'seats' && change !== null) {
    return `seats ${count(change.from)} ${marks.arrow} ${count(change.to)}`;
  }
  if (shows !== 'fields') return withShortNames(plan.sentence, plan, briefForm);
  const [before, after] = [shortValues(plan.before, briefForm), shortValues(plan.after, briefForm)];
  return Object.keys(after)
    .map((name) => `${name} ${valueText(before[name], name)} ${marks.arrow} ${valueText(after[name], name)}`)
    .join(', ');
}

function shortValues(values: JsonObject, form: PlanForm): JsonObject {
  const short = (value: JsonObject[string]) => (typeof value === 'string' ? shortened(value, form) : value);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, short(value)]));
}

function seatsOf(plan: { readonly before: JsonObject; readonly after: JsonObject }) {
  const { quantity: from } = plan.before;
  const { quantity: to } = plan.after;
  return typeof to === 'number' ? { from: typeof from === 'number' ? from : null, to } : null;
}

export function wrapped(text: string, room: number, tone: Tone = 'plain'): readonly PieceLine[] {
  return wrap(text, room).map((line): PieceLine => [{ text: line, tone }]);
}

function oneLine(text: string, room: number, tone: Tone): readonly PieceLine[] {
  return [[{ text: clip(text, room), tone }]];
}
