import type { Journal } from '../journal/journal.ts';
import { lengthText } from '../model/calendar.ts';
import { clause } from '../model/clause.ts';
import { momentText } from '../model/date-words.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { markdownCode, markdownText } from '../model/markdown.ts';
import type { Request } from '../model/request.ts';
import { finished } from '../query/steps.ts';
import { cancellations, renewals, trials } from './cache-items.ts';
import { type Missing, missing } from './connection-items.ts';
import type { Reader } from './deadline.ts';
import { entriesSince } from './entries-since.ts';
import type { FoundItems, Item } from './item.ts';
import { unknownWrites } from './journal-items.ts';
import { itemsOf, type TodayDeps, today } from './today.ts';
import { itemReason, itemSubject, markSentences, nextSentence } from './today-words.ts';

export interface Shift extends TodayDeps {
  readonly journal: TodayDeps['journal'] & Pick<Journal, 'entry'>;
}

/** What the next shift should know. */
export interface Handover {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly since: string;
  readonly by: string;
  readonly requests: readonly OpenRequest[];
  readonly unknown: readonly Item[];
  /** Within 48 hours, the nearest first. */
  readonly deadlines: readonly Item[];
  readonly deadlinesLeftOut: number;
  /** Items of Today that somebody has, or left a note on, the most urgent first. */
  readonly marked: readonly Item[];
  /** What `by` changed since then, newest first. */
  readonly changed: readonly JournalEntry[];
  readonly missing: readonly Missing[];
}

export interface OpenRequest {
  readonly request: Request;
  readonly sentence: string;
}

/** Of each kind. */
const mostDeadlines = 10;

/** From the cache and the journal alone. `since`: milliseconds; `by`: the operating system's user. */
export function handover(shift: Shift, reader: Reader & { readonly since: number; readonly by: string }): Handover {
  const { cache, journal, connections, rulesOf } = shift;
  const { now, since, by } = reader;
  const look = { ...reader, connections, rulesOf, days: 2, limit: mostDeadlines } as const;
  const found: readonly FoundItems[] = [cancellations, trials, renewals].map((find) => finished(find(cache, look)));
  const deadlines = itemsOf(
    found.flatMap(({ items }) => items),
    shift,
  );
  const begin = new Date(since).toISOString();
  return {
    at: new Date(now).toISOString(),
    since: begin,
    by,
    requests: journal
      .requests({ open: true })
      .map((request) => ({ request, sentence: journal.entry(request.id)?.sentence ?? request.ref })),
    unknown: itemsOf(unknownWrites(shift).items, shift),
    deadlines,
    deadlinesLeftOut: found.reduce((sum, { total, items }) => sum + total - items.length, 0),
    marked: markedItems(shift, reader),
    changed: entriesSince(journal, since).filter((entry) => entry.by === by && entry.state !== 'intent'),
    missing: missing(cache, connections, now),
  };
}

const mostOfAKind = 10_000;

function markedItems(shift: Shift, reader: Reader): readonly Item[] {
  if (shift.journal.marks().size === 0) return [];
  const { items } = today(shift, { ...reader, limit: mostOfAKind });
  return items.filter(({ marks }) => marks.done === null && (marks.owner !== null || marks.note !== null));
}

/** The handover as Markdown. Vendor and user text is escaped: it cannot format, link or mention anything. */
export function handoverMarkdown(handed: Handover, reader: Reader): string {
  const { requests, unknown, deadlines, deadlinesLeftOut, marked, changed, missing: gaps, by, since } = handed;
  const moment = (instant: number) => momentText(instant, reader.zone);
  const sections: readonly (readonly [string, readonly string[], string])[] = [
    ['Unknown writes', unknown.map((item) => unknownLine(item, reader)), 'None.'],
    ['Open requests', requests.map((each) => requestLine(each, reader.now)), 'None.'],
    [
      'Deadlines in 48 hours',
      [
        ...deadlines.map((item) => deadlineLine(item, reader)),
        ...(deadlinesLeftOut > 0 ? [`- and ${deadlinesLeftOut} more: \`subdeck today --limit 100\``] : []),
      ],
      'None.',
    ],
    ...(marked.length === 0 ? [] : [['Taken or noted', marked.map((item) => deadlineLine(item, reader)), ''] as const]),
    [
      `Changes by ${markdownText(by)} since ${moment(Date.parse(since))}`,
      changed.map((entry) => changedLine(entry, moment(Date.parse(entry.at)))),
      'Nothing.',
    ],
    ...(gaps.length === 0 ? [] : [['Not known', gaps.map(({ message }) => `- ${markdownText(message)}`), ''] as const]),
  ];
  const body = sections.flatMap(([title, lines, none]) => [
    `## ${title}`,
    '',
    ...(lines.length === 0 ? [none] : lines),
    '',
  ]);
  return [`# Handover, ${moment(reader.now)}`, '', ...body].join('\n');
}

function unknownLine(item: Item, reader: Reader): string {
  const next = nextSentence(item);
  const then = next === null ? '' : ` Next: ${markdownText(next)}`;
  return `- **${markdownText(itemSubject(item))}**: ${markdownText(item.why)}. ${reference(item.ref)}${then}${marksOf(item, reader)}`;
}

function requestLine({ request, sentence }: OpenRequest, now: number): string {
  const { id, ref, state, vendorState, startedAt } = request;
  const word = vendorState === null ? state : `${state} (${vendorState})`;
  const age = lengthText(Math.max(0, now - Date.parse(startedAt)));
  return `- ${markdownText(clause(sentence))}: ${markdownText(word)} for ${age}. ${reference(ref)} Request ${markdownCode(id)}`;
}

function deadlineLine(item: Item, reader: Reader): string {
  const left = item.deadline === null ? '' : `${item.deadline.remaining}: `;
  return `- ${left}**${markdownText(itemSubject(item))}**: ${markdownText(itemReason(item, reader))}. ${reference(item.ref)}${marksOf(item, reader)}`;
}

/** Who has it and what was noted. */
function marksOf(item: Item, { now }: Reader): string {
  return markSentences(item, now)
    .map((sentence) => ` ${markdownText(sentence)}.`)
    .join('');
}

function changedLine({ id, ref, sentence, state, reason }: JournalEntry, at: string): string {
  const why = reason === null ? '' : `: ${markdownText(clause(reason))}`;
  return `- ${at} ${markdownText(clause(sentence))}: **${state}**${why}. ${reference(ref)} Journal ${markdownCode(id)}`;
}

function reference(ref: string | null): string {
  return ref === null ? '' : markdownCode(ref);
}
