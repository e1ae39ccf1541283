import type { JournalStep } from '../journal/journal.ts';
import type { JournalEntry, JournalState } from '../model/journal-entry.ts';
import type { Json, JsonObject } from '../model/text.ts';

const words: Readonly<Record<JournalState, string>> = {
  intent: 'not sent yet',
  sent: 'sent, not finished',
  done: 'done',
  refused: 'refused',
  unknown: 'unknown: it may have happened',
  'settled-applied': 'applied (found out later)',
  'settled-not-applied': 'not applied (found out later)',
  'needs-person': 'waits for a person',
};

/** A Markdown block for a ticket: what was asked, what was sent, what became of it. Vendors' words cannot format anything. */
export function receipt(entry: JournalEntry, steps: readonly JournalStep[], purpose: string | null = null): string {
  const outcome =
    entry.vendor?.status == null ? words[entry.state] : `${words[entry.state]} (HTTP ${entry.vendor.status})`;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Subscription', code(entry.ref)],
    ['Outcome', plain(outcome)],
    ['Why so', entry.reason === null || entry.reason === purpose ? null : plain(entry.reason)],
    ['Asked by', plain(entry.by)],
    ['Asked at', entry.at],
    ['Because', purpose === null ? null : plain(purpose)],
    ['Before', object(entry.before)],
    ['After', object(entry.after)],
    ['Vendor correlation id', entry.vendor?.correlationId == null ? null : code(entry.vendor.correlationId)],
    ['Journal', code(entry.id)],
  ];
  const lines = facts.flatMap(([label, value]) => (value === null ? [] : [`- **${label}:** ${value}`]));
  const sent = steps.map(({ index, name, method, path, sentAt, answer }) => {
    const end =
      answer === null ? 'no answer' : `${answer.outcome}${answer.status === null ? '' : ` (HTTP ${answer.status})`}`;
    return `${index + 1}. ${plain(name)}: ${code(`${method} ${path}`)} at ${sentAt}: ${end}`;
  });
  return [
    `### ${plain(entry.sentence)}`,
    '',
    ...lines,
    ...(sent.length === 0 ? [] : ['', 'Sent:', '', ...sent]),
    '',
  ].join('\n');
}

function object(value: JsonObject): string | null {
  const parts = Object.entries(value).map(([name, inner]) => `${plain(name)} ${plain(text(inner))}`);
  return parts.length === 0 ? null : parts.join(', ');
}

function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function plain(value: string): string {
  return value.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|~@]/g, '\\$&');
}

/** A code span holds anything when its fence is longer than any run of backticks inside. */
function code(value: string): string {
  const longest = Math.max(0, ...[...value.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const line = value.replaceAll(/\s+/g, ' ');
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
