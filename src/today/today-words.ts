import { costText } from '../model/cost.ts';
import { dateWords } from '../model/date-words.ts';
import { groupedDigits } from '../model/numbers.ts';
import { deadlineMoment, type Reader, shortDay } from './deadline.ts';
import type { Group, Grouping } from './groups.ts';
import { type Item, type ItemKind, itemKinds, seats, type Urgency } from './item.ts';
import { countNow, isResting, type Today } from './today.ts';

/** `unicode` or `ascii`, from the settings. */
export type MarkSet = 'unicode' | 'ascii';

const marks: Readonly<Record<MarkSet, Readonly<Record<ItemKind, string>>>> = {
  unicode: {
    ...{ unknown: '?', failed: '✗', draft: '◔', stuck: '⟳', proposed: '✎', cancellation: '◔' },
    ...{ trial: '◆' },
    ...{ connection: '!', unread: '!', error: '✗', renewal: '↻', ended: '■', suspended: '◐' },
  },
  ascii: {
    ...{ unknown: '?', failed: 'x', draft: 't', stuck: '~', proposed: '>', cancellation: 't' },
    ...{ trial: '+' },
    ...{ connection: '!', unread: '!', error: 'x', renewal: '@', ended: '#', suspended: '=' },
  },
};

const kindWords: Readonly<Record<ItemKind, readonly [one: string, many: string]>> = {
  unknown: ['unknown write', 'unknown writes'],
  failed: ['failed change', 'failed changes'],
  draft: ['draft order', 'draft orders'],
  stuck: ['delayed request', 'delayed requests'],
  proposed: ['proposed plan', 'proposed plans'],
  cancellation: ['cancellation window', 'cancellation windows'],
  trial: ['trial', 'trials'],
  connection: ['failing connection', 'failing connections'],
  unread: ['missing information', 'missing information'],
  error: ['subscription in error', 'subscriptions in error'],
  renewal: ['renewal or end', 'renewals and ends'],
  ended: ['ended, still active', 'ended, still active'],
  suspended: ['suspended subscription', 'suspended subscriptions'],
};

const living = '-status=cancelled -status=expired';

/** The command that lists all of a kind. */
const listWords: Readonly<Record<ItemKind, string>> = {
  unknown: 'subdeck journal list --state unknown',
  failed: 'subdeck journal list --state refused --since 7d',
  draft: 'subdeck order list',
  stuck: 'subdeck request list',
  proposed: 'subdeck today',
  cancellation: `subdeck subscription list --filter "cancel<90d ${living}" --sort cancel`,
  trial: `subdeck subscription list --filter "is:trial ends<90d ${living}" --sort ends`,
  connection: 'subdeck connection list',
  unread: 'subdeck cache info',
  error: 'subdeck subscription list --filter status=error',
  renewal: `subdeck subscription list --filter "ends<90d -is:trial ${living}" --sort ends`,
  ended: 'subdeck subscription list --filter "status=active ends<0d" --sort ends:desc',
  suspended: 'subdeck subscription list --filter status=suspended --sort qty:desc',
};

export const urgencyTitles: Readonly<Record<Urgency, string>> = {
  now: 'Now',
  soon: 'Within 7 days',
  later: 'Later',
};

/** `◔ 2 d 4 h`, `■ 5 d ago`, or the kind if it has no deadline: `✗ failed`. */
export function itemLabel({ kind, deadline }: Pick<Item, 'kind' | 'deadline'>, set: MarkSet): string {
  return `${marks[set][kind]} ${deadline === null ? kind : deadline.remaining.replace(/^passed (\d+ \S+)(?: \d+ \S+)? ago$/, '$1 ago')}`;
}

/** `Acme Oy · Backup 100`, or another subject. */
export function itemSubject({ organization, name, ref, connection }: Item): string {
  const names = [organization?.name ?? null, name].filter((part) => part !== null);
  return names.length === 0 ? (ref ?? connection) : names.join(' · ');
}

/** The reason, the deadline, seats and money: `the trial ends on Tue 24 Nov 2026 12:00 UTC (25 seats, 1,050.00 EUR a month (list))`. */
export function itemReason(item: Item, reader: Reader): string {
  const { why, deadline } = item;
  const when = deadline === null ? '' : ` on ${deadlineMoment(deadline, reader)}`;
  const cost = costOf(item);
  return `${why}${when}${cost === null ? '' : ` (${cost})`}`;
}

/** `25 seats, 1,050.00 EUR a month (list)`. */
function costOf({ seats: quantity, money }: Pick<Item, 'seats' | 'money'>): string | null {
  const parts = [...(quantity === null ? [] : [seats(quantity)]), ...money.map(costText)];
  return parts.length === 0 ? null : parts.join(', ');
}

/** What to do: `To cancel: subdeck subscription cancel nordic/sub-1`. */
export function nextSentence({ next, advice }: Pick<Item, 'next' | 'advice'>): string | null {
  const doing =
    next === null ? null : `${next.lead}: ${[next.words, next.more].filter((part) => part !== null).join(' ')}`;
  const parts = [advice, doing].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('. ');
}

/** Its owner, its note, and until when it is snoozed. */
export function markSentences({ marks: marked }: Item, now: number): readonly string[] {
  const { owner, note, snoozedUntil, done, isDamaged } = marked;
  return [
    ...(owner === null ? [] : [`Taken by ${owner}`]),
    ...(note === null ? [] : [`${note.by} noted: ${note.text}`]),
    ...(done === null ? [] : [`Done by ${done.by}${done.reason === null ? '' : `: ${done.reason}`}`]),
    ...(snoozedUntil === null || Date.parse(snoozedUntil) <= now ? [] : [`Snoozed until ${dateWords(snoozedUntil)}`]),
    ...(isDamaged ? ['One of its marks is damaged, so the item is shown'] : []),
  ];
}

/** `24 Nov UTC`, where the label does not say it. */
export function shortDue({ deadline, kind }: Item): string | null {
  return deadline === null || kind === 'ended' ? null : shortDay(deadline);
}

/** What the groups of a grouping are called: one, and many. */
export const groupNouns: Readonly<Record<Grouping, readonly [one: string, many: string]>> = {
  organization: ['customer', 'customers'],
  connection: ['connection', 'connections'],
  kind: ['kind', 'kinds'],
  owner: ['owner', 'owners'],
};

/** The same for a narrow line that names several. */
const shortWords: typeof kindWords = {
  ...kindWords,
  cancellation: ['cancellation', 'cancellations'],
  connection: ['failing', 'failing'],
  unread: ['gap', 'gaps'],
  error: ['in error', 'in error'],
  renewal: ['renewal', 'renewals'],
  ended: ['ended', 'ended'],
  suspended: ['suspended', 'suspended'],
};

/** `8 cancellations, 4 trials`: what a group folds. */
export function groupKinds({ items }: Pick<Group, 'items'>): string {
  const counts = Map.groupBy(items, ({ kind }) => kind);
  return itemKinds
    .flatMap((kind) => {
      const count = counts.get(kind)?.length ?? 0;
      return count === 0 ? [] : [`${count} ${shortWords[kind][count === 1 ? 0 : 1]}`];
    })
    .join(', ');
}

/** `3 now · 11 this week · 40 later · 4 snoozed`. */
export function todayTitle(today: Pick<Today, 'items' | 'leftOut'>, now: number): string {
  return todayCounts(today, now).join(' · ');
}

/** The most important first. */
export function todayCounts(
  { items, leftOut }: Pick<Today, 'items' | 'leftOut'>,
  now: number,
): readonly [string, ...string[]] {
  const open = items.filter((item) => !isResting(item, now));
  const count = (urgency: Urgency) => open.filter((item) => item.urgency === urgency).length;
  const more = Object.values(leftOut).reduce((sum, each) => sum + each, 0);
  const [soon, later, resting] = [count('soon'), count('later'), items.length - open.length];
  const number = (value: number) => groupedDigits(String(value));
  return [
    `${number(countNow({ items }, now))} now`,
    `${number(soon)} this week`,
    ...(later === 0 ? [] : [`${number(later)} later`]),
    ...(resting === 0 ? [] : [`${number(resting)} snoozed or done`]),
    ...(more === 0 ? [] : [`${number(more)} not shown`]),
  ];
}

interface LeftOut {
  /** `3 more trials`. */
  readonly label: string;
  readonly words: string;
}

/** The number of items left out of each kind, with the command that lists them all. */
export function leftOutSentences({ leftOut }: Pick<Today, 'leftOut'>): readonly LeftOut[] {
  return itemKinds.flatMap((kind) => {
    const count = leftOut[kind];
    if (count === undefined) return [];
    return [{ label: `${count} more ${kindWords[kind][count === 1 ? 0 : 1]}`, words: listWords[kind] }];
  });
}
