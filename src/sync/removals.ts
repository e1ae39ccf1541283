import type { Fate, Removals, UnseenKind, UnseenRows } from '../store/cache-writer.ts';

/**
 * What the vendor said of a row that its list left out and that was asked for by id. `unaskable`: it lets nobody read the row;
 * `silent`: no answer came, which says nothing.
 */
export type ByIdAnswer = 'gone' | 'there' | 'unaskable' | 'silent';

/** What a sync run found out, in whatever order its pages and answers came. */
export interface RunFindings {
  /** Everything in the scope was read. */
  readonly complete: boolean;
  readonly unseen: UnseenRows;
  /** A person said that what is unseen is gone. */
  readonly accepted: boolean;
  readonly answers: ReadonlyMap<string, ByIdAnswer>;
}

/** Rows that are asked for by id in one sync run, at the most. */
export const mostAsked = 100;
/** A sync that would remove so many rows, and more than half of a connection, is not believed at once. */
const fewestOfMost = 20;

export const removeNothing: Removals = { byId: [], others: { new: 'left', missing: 'left', unlisted: 'left' } };

/** Whether so many rows that were there until now are unseen that the list is doubted, not the rows. */
function isMost({ known, count }: UnseenRows): boolean {
  return count.new >= fewestOfMost && count.new * 2 > known;
}

/** The rows to ask for by id before it is decided what is gone. */
export function toAsk({ complete, unseen, accepted }: Omit<RunFindings, 'answers'>): UnseenRows['first'] {
  const { count, first } = unseen;
  if (isMost(unseen) && !accepted) return [];
  // Where a part was not read, its rows are unseen too: they are not asked for one by one.
  if (!complete && count.new + count.missing + count.unlisted > mostAsked) return [];
  return first.slice(0, mostAsked);
}

/**
 * What becomes of each unseen row. Gone is what the vendor has not by id; what a second complete run does not see and nobody
 * could be asked about; and what a person accepted. A row that was left out and is there by id shows that the list leaves out
 * rows: then none goes that was not asked for.
 */
export function decideRemovals(findings: RunFindings): Removals {
  const { complete, unseen, accepted, answers } = findings;
  const kinds = new Map(unseen.first.map(({ id, kind }) => [id, kind]));
  const byId = [...answers].map(([id, answer]) => ({ id, fate: fateOf(kinds.get(id) ?? 'new', answer, findings) }));
  if (!complete) return { byId, others: removeNothing.others };
  const all = [...answers].map(([id, answer]) => ({ kind: kinds.get(id), answer }));
  const leavesOut = all.some(({ kind, answer }) => kind !== 'unlisted' && answer === 'there');
  const isSilent = all.some(({ answer }) => answer === 'silent');
  const isDoubted = isMost(unseen) || leavesOut || isSilent;
  const others: Removals['others'] = {
    new: accepted ? 'gone' : 'missing',
    missing: accepted || !isDoubted ? 'gone' : 'missing',
    unlisted: 'left',
  };
  return { byId, others };
}

function fateOf(kind: UnseenKind, answer: ByIdAnswer, { complete, accepted }: RunFindings): Fate {
  if (answer === 'gone' || answer === 'there') return answer;
  if (kind === 'unlisted' || !complete) return 'left';
  if (accepted) return 'gone';
  return kind === 'missing' && answer === 'unaskable' ? 'gone' : 'missing';
}

/** How many rows are kept that a complete sync run did not see. */
export function keptAsMissing({ byId, others }: Removals, { count, first }: UnseenRows): number {
  const kinds = new Map(first.map(({ id, kind }) => [id, kind]));
  const asked = (kind: UnseenKind) => byId.filter(({ id }) => kinds.get(id) === kind).length;
  const rest = (['new', 'missing'] as const).filter((kind) => others[kind] === 'missing');
  const unasked = rest.reduce((sum, kind) => sum + count[kind] - asked(kind), 0);
  return unasked + byId.filter(({ fate }) => fate === 'missing').length;
}
