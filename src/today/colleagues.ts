import { type JournalReader, openStates } from '../journal/journal.ts';
import { clockText, dateText, shortDateText } from '../model/date-words.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { planKey } from '../model/open-plans.ts';
import { parseReference } from '../model/reference.ts';
import type { Reader } from './deadline.ts';

/** What another member of the team does to a subscription just now. */
export interface ColleagueWork {
  /** The member's name. */
  readonly member: string;
  /** `quantity to 20, sent 14:02 UTC`; `has a plan for it on screen`. */
  readonly what: string;
  /** The same in a narrow column: `sent 14:02 UTC`, `plan`. */
  readonly brief: string;
}

/** By `planKey`. Empty where there is no team. */
export type Colleagues = ReadonlyMap<string, ColleagueWork>;

interface Sources {
  readonly journal: Pick<JournalReader, 'author' | 'recordsIn'>;
  /** Other members' plans on screen, by `planKey`. */
  readonly plans: ReadonlyMap<string, string>;
}

/** An open write says more than an open plan. */
export function colleaguesOf({ journal, plans }: Sources, reader: Reader): Colleagues {
  const planned = [...plans].map(([key, member]) => [key, planOf(member)] as const);
  const writes = journal.recordsIn(openStates).flatMap(({ entry }) => {
    const { account, by, ref } = entry;
    const reference = parseReference(ref);
    if (account === null || reference === null || by === '' || by === journal.author) return [];
    return [[planKey({ account, id: reference.id }), writeOf(entry, reader)] as const];
  });
  return new Map([...planned, ...writes]);
}

/** `nina: quantity to 20, sent 14:02 UTC`. */
export function colleagueText({ member, what }: ColleagueWork): string {
  return what.startsWith('has ') ? `${member} ${what}` : `${member}: ${what}`;
}

function planOf(member: string): ColleagueWork {
  return { member, what: 'has a plan for it on screen', brief: 'plan' };
}

function writeOf({ at, by, state, verb, after }: JournalEntry, reader: Reader): ColleagueWork {
  const change = typeof after.quantity === 'number' ? `quantity to ${after.quantity}` : verb.replaceAll('-', ' ');
  const sent = `${state === 'intent' ? 'begun' : 'sent'} ${since(at, reader.now)}`;
  const rest = { unknown: ', outcome unknown', 'needs-person': ', waits for a person' };
  const more = state === 'unknown' || state === 'needs-person' ? rest[state] : '';
  return { member: memberName(by), what: `${change}, ${sent}${more}`, brief: sent };
}

/** The name that the team knows, of an author as the journal has it: without the user and host of the process. */
export function memberName(author: string): string {
  const end = author.indexOf(' (');
  return end === -1 ? author : author.slice(0, end);
}

/** `14:02 UTC`; on another day `28 Nov 14:02 UTC`. */
function since(at: string, now: number): string {
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) return 'at an unknown time';
  const clock = `${clockText(instant, 'UTC')} UTC`;
  return dateText(instant, 'UTC') === dateText(now, 'UTC') ? clock : `${shortDateText(instant, 'UTC')} ${clock}`;
}
