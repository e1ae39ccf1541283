import type { JournalReader, JournalRecord, JournalStep } from '../journal/journal.ts';
import { exactWords } from '../model/date-words.ts';
import type { JournalEntry, JournalState } from '../model/journal-entry.ts';
import { markdownCode, markdownText } from '../model/markdown.ts';
import type { JsonObject } from '../model/text.ts';
import { valueWords } from '../model/value-words.ts';
import { basisWords, type Verdict, verdictText } from '../model/verdict.ts';

/** The states of an entry as its receipt calls them. */
export const stateWords: Readonly<Record<JournalState, string>> = {
  intent: 'not sent yet',
  sent: 'sent, not finished',
  done: 'done',
  refused: 'refused',
  unknown: 'unknown: it may or may not have been applied',
  'settled-applied': 'applied (found out later)',
  'settled-not-applied': 'not applied (found out later)',
  'needs-person': 'waits for a person to settle it',
};

/** Markdown for a ticket. Null if there is no such entry. */
export function receipt(journal: JournalReader, id: string): string | null {
  const entry = journal.entry(id);
  return entry === null
    ? null
    : receiptText(entry, journal.steps(entry.id), journal.record(entry.id), journal.verdicts(entry.id));
}

/** The request, the calls, the outcome. Vendor text is escaped. */
export function receiptText(
  entry: JournalEntry,
  steps: readonly JournalStep[],
  record: Pick<JournalRecord, 'purpose' | 'request' | 'closedAt'> | null = null,
  verdicts: readonly Verdict[] = [],
): string {
  const purpose = record?.purpose ?? null;
  const request = record?.request ?? null;
  const outcome =
    entry.vendor?.status == null ? stateWords[entry.state] : `${stateWords[entry.state]} (HTTP ${entry.vendor.status})`;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Subscription', markdownCode(entry.ref)],
    ['Outcome', markdownText(outcome)],
    ['Reason', purpose === null ? null : markdownText(purpose)],
    ['Explanation', entry.reason === null || entry.reason === purpose ? null : markdownText(entry.reason)],
    ['Based on', entry.basis === null ? null : basisWords[entry.basis]],
    ['Corrects', entry.corrects === null ? null : stateWords[entry.corrects]],
    ['Requested by', markdownText(entry.by)],
    ['Requested at', exactWords(entry.at)],
    ['Ended at', record?.closedAt == null ? null : exactWords(record.closedAt)],
    ['Before', object(entry.before)],
    ['After', object(entry.after)],
    ['Vendor request', request?.vendorRequestId == null ? null : markdownCode(request.vendorRequestId)],
    ['Vendor says', request === null ? null : markdownText(request.vendorState ?? request.state)],
    ['Vendor correlation id', entry.vendor?.correlationId == null ? null : markdownCode(entry.vendor.correlationId)],
    ['Journal', markdownCode(entry.id)],
  ];
  const lines = facts.flatMap(([label, value]) => (value === null ? [] : [`- **${label}:** ${value}`]));
  const sent = steps.map(({ index, name, method, path, body, sentAt, answer }) => {
    const call = `${method} ${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`;
    return `${index + 1}. ${markdownText(name)}: ${markdownCode(call)} at ${exactWords(sentAt)}: ${answerText(answer)}`;
  });
  const said = verdicts.map(
    (verdict, nth) => `${nth + 1}. ${exactWords(verdict.at)}: ${markdownText(verdictText(verdict))}`,
  );
  return [
    `### ${markdownText(entry.sentence)}`,
    '',
    ...lines,
    ...(sent.length === 0 ? [] : ['', 'Sent:', '', ...sent]),
    ...(said.length < 2 ? [] : ['', 'Verdicts:', '', ...said]),
    '',
  ].join('\n');
}

/** `accepted (HTTP 202, correlation id c-1): the vendor's message`. */
function answerText(answer: JournalStep['answer']): string {
  if (answer === null) return 'no answer';
  const facts = [
    answer.status === null ? null : `HTTP ${answer.status}`,
    answer.correlationId === null ? null : `correlation id ${markdownCode(answer.correlationId)}`,
  ].filter((fact) => fact !== null);
  const words = answer.reason === null ? '' : `: ${markdownText(answer.reason)}`;
  return `${answer.outcome}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}${words}`;
}

function object(value: JsonObject): string | null {
  const parts = Object.entries(value).map(
    ([name, inner]) => `${markdownText(name)} ${markdownText(valueWords(inner, name))}`,
  );
  return parts.length === 0 ? null : parts.join(', ');
}
