import { deadlineMoment, type Reader, shortMoment } from './deadline.ts';
import { type Item, type ItemKind, itemKinds, type Urgency } from './item.ts';
import type { Today } from './today.ts';

/** `unicode` or `ascii`, from the settings. */
export type MarkSet = 'unicode' | 'ascii';

const marks: Readonly<Record<MarkSet, Readonly<Record<ItemKind, string>>>> = {
  unicode: {
    ...{ unknown: '?', failed: '✗', draft: '◔', stuck: '⟳', cancellation: '◔', trial: '◆' },
    ...{ connection: '!', error: '✗', renewal: '↻', suspended: '◐' },
  },
  ascii: {
    ...{ unknown: '?', failed: 'x', draft: 't', stuck: '~', cancellation: 't', trial: '+' },
    ...{ connection: '!', error: 'x', renewal: '@', suspended: '=' },
  },
};

const kindWords: Readonly<Record<ItemKind, readonly [one: string, many: string]>> = {
  unknown: ['unknown write', 'unknown writes'],
  failed: ['failed change', 'failed changes'],
  draft: ['draft order', 'draft orders'],
  stuck: ['delayed request', 'delayed requests'],
  cancellation: ['cancellation window', 'cancellation windows'],
  trial: ['trial', 'trials'],
  connection: ['failing connection', 'failing connections'],
  error: ['subscription in error', 'subscriptions in error'],
  renewal: ['renewal or end', 'renewals and ends'],
  suspended: ['suspended subscription', 'suspended subscriptions'],
};

const living = '-status=cancelled -status=expired';

/** The command that lists all of a kind. */
const listWords: Readonly<Record<ItemKind, string>> = {
  unknown: 'subdeck journal list --state unknown',
  failed: 'subdeck journal list --state refused --since 7d',
  draft: 'subdeck order list',
  stuck: 'subdeck request list',
  cancellation: `subdeck subscription list --filter "cancel<90d ${living}" --sort cancel`,
  trial: `subdeck subscription list --filter "is:trial ends<90d ${living}" --sort ends`,
  connection: 'subdeck connection list',
  error: 'subdeck subscription list --filter status=error',
  renewal: `subdeck subscription list --filter "ends<90d -is:trial ${living}" --sort ends`,
  suspended: 'subdeck subscription list --filter status=suspended --sort qty:desc',
};

export const urgencyTitles: Readonly<Record<Urgency, string>> = {
  now: 'Now',
  7: 'Within 7 days',
  30: 'Within 30 days',
  60: 'Within 60 days',
  90: 'Within 90 days',
};

/** `◔ 2 d 4 h`, or the kind if it has no deadline: `✗ failed`. */
export function itemLabel({ kind, deadline }: Item, set: MarkSet): string {
  return `${marks[set][kind]} ${deadline === null ? kind : deadline.remaining}`;
}

/** `Acme Oy · Backup 100`, or another subject. */
export function itemSubject({ organization, name, ref, connection }: Item): string {
  const names = [organization, name].filter((part) => part !== null);
  return names.length === 0 ? (ref ?? connection) : names.join(' · ');
}

/** The reason, the deadline, seats and money: `the trial ends on Tue 14:00 local / 12:00 UTC (25 seats)`. */
export function itemReason({ why, deadline, cost }: Item, reader: Reader): string {
  const when = deadline === null ? '' : ` on ${deadlineMoment(deadline, reader)}`;
  return `${why}${when}${cost === null ? '' : ` (${cost})`}`;
}

/** The same in parts, the most important first: `trial ends`, `Tue 14:00`, `25 seats`. */
export function itemBrief({ brief, deadline, cost }: Item, reader: Reader): readonly string[] {
  const when = deadline === null ? null : shortMoment(deadline, reader);
  return [brief, when, cost].filter((part) => part !== null);
}

/** `3 urgent · 11 soon`: urgent items are due now or within a week. */
export function todayTitle({ items, leftOut }: Today): string {
  const urgent = items.filter(({ urgency }) => urgency === 'now' || urgency === 7).length;
  const more = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  const parts = [`${urgent} urgent`, `${items.length - urgent} soon`, ...(more === 0 ? [] : [`${more} not shown`])];
  return items.length === 0 ? 'nothing needs attention' : parts.join(' · ');
}

interface LeftOut {
  /** `3 more trials`. */
  readonly label: string;
  /** `trials`. */
  readonly kind: string;
  readonly words: string;
}

/** The number of items left out of each kind, with the command that lists them all. */
export function leftOutSentences({ leftOut }: Today): readonly LeftOut[] {
  return itemKinds.flatMap((kind) => {
    const count = leftOut[kind];
    if (count === undefined) return [];
    const name = kindWords[kind][count === 1 ? 0 : 1];
    return [{ label: `${count} more ${name}`, kind: name, words: listWords[kind] }];
  });
}
