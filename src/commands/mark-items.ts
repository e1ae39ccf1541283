import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../model/clock.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { textFault } from '../model/text-check.ts';
import type { MarkAction } from '../model/today-mark.ts';
import type { Item } from '../today/item.ts';

/** What a person can do with items of Today. */
export interface MarkRequest {
  readonly action: MarkAction;
  /** Of a snooze: when it ends, in milliseconds. */
  readonly until: number | null;
  /** A note, or the reason. */
  readonly text: string | null;
}

const longestText = 1_000;

/** Why a note or a reason cannot be kept, or null. */
function markTextFault(what: string, text: string): Fault | null {
  if (text.length <= longestText) return textFault(what, text);
  const message = `${what} has ${text.length.toLocaleString('en')} characters; at most ${longestText.toLocaleString('en')} are allowed.`;
  return fault('usage', message, 'Shorten it, or note the number of a ticket that contains it.').fault;
}

/** Adds the same to all items, or to none. Throws `usage` for a text that cannot be kept, and what the journal throws. */
export async function markItems(
  { clock, journal }: { readonly clock: Clock; readonly journal: Pick<Journal, 'author' | 'mark'> },
  items: readonly Pick<Item, 'key'>[],
  { action, until, text }: MarkRequest,
): Promise<void> {
  const wrong = text === null ? null : markTextFault(action === 'note' ? 'The note' : 'The reason', text);
  if (wrong !== null) throw new FaultError(wrong);
  await journal.mark(
    items.map(({ key }) => key),
    {
      ...{ action, text, by: journal.author, at: new Date(clock.now()).toISOString() },
      until: until === null ? null : new Date(until).toISOString(),
    },
  );
}
