/** What a person did with an item of Today. */
export const markActions = ['snooze', 'done', 'note', 'take', 'release'] as const;
export type MarkAction = (typeof markActions)[number];

/** One line of what was said of an item. Lines are added and never changed. */
export interface TodayMark {
  readonly action: MarkAction;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly by: string;
  /** Of a snooze: when it ends, ISO 8601 UTC. */
  readonly until: string | null;
  /** A note, or the reason of the others. */
  readonly text: string | null;
}

/** What all lines about an item say together. */
export interface MarkedItem {
  readonly owner: string | null;
  readonly note: { readonly text: string; readonly by: string; readonly at: string } | null;
  /** ISO 8601 UTC; may have passed. */
  readonly snoozedUntil: string | null;
  readonly done: { readonly by: string; readonly at: string; readonly reason: string | null } | null;
  /** A line could not be read, and no later one says whether the item is snoozed or done: it counts as neither. */
  readonly isDamaged: boolean;
}

export const unmarked: MarkedItem = { owner: null, note: null, snoozedUntil: null, done: null, isDamaged: false };

/** The item after one more line; null: a line that cannot be read. */
export function withMark(item: MarkedItem, mark: TodayMark | null): MarkedItem {
  if (mark === null) return { ...item, snoozedUntil: null, done: null, isDamaged: true };
  const { action, at, by, until, text } = mark;
  switch (action) {
    case 'snooze':
      return { ...item, snoozedUntil: until, done: null, isDamaged: false };
    case 'done':
      return { ...item, snoozedUntil: null, done: { by, at, reason: text }, isDamaged: false };
    case 'note':
      return { ...item, note: text === null ? null : { text, by, at } };
    case 'take':
      return { ...item, owner: by };
    case 'release':
      return { ...item, owner: null, snoozedUntil: null, done: null, isDamaged: false };
  }
}
