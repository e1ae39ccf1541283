import type { JournalReader } from '../journal/journal.ts';
import type { Request } from '../model/request.ts';
import type { VendorId } from '../model/vendor.ts';

const enough = 3;
const recent = 20;
/** The number of newest requests used. */
const examined = 500;
/** If a request was not polled for longer than this, in milliseconds, before its end, its duration is unknown. */
const unwatched = 90_000;
/** A request is late beyond the usual duration by this factor and this many milliseconds. */
const late = { factor: 2, least: 60_000 } as const;

/** Durations of such changes here, in milliseconds: the range of four in five, and the median. */
export interface UsualSpan {
  readonly from: number;
  readonly to: number;
  readonly median: number;
}

/** An open request compared with the usual duration. */
export interface Usual {
  readonly span: UsualSpan;
  readonly elapsed: number;
  readonly isUnusual: boolean;
  /** "usually settles in 40–90 s; this one has taken 6 min, which is unusual". */
  readonly sentence: string;
}

/** Median milliseconds of such changes in this installation's journal; null below three. */
export function usualDurations(journal: JournalReader): (vendor: VendorId, verb: string) => number | null {
  return (vendor, verb) => usualSpan(journal, vendor, verb)?.median ?? null;
}

/** An open request compared with the usual duration here; null below three, and once it settled. */
export function usualOf(journal: JournalReader, request: Request, now: number): Usual | null {
  const record = journal.record(request.id);
  const vendor = record?.target?.vendor;
  if (record === null || vendor === undefined) return null;
  return againstUsual(request, usualSpan(journal, vendor, record.entry.verb), now);
}

/** Cached by journal revision: screens ask at every draw. */
const known = new WeakMap<
  JournalReader,
  { readonly revision: number; readonly spans: Map<string, UsualSpan | null> }
>();

/** From the last such requests that were polled until they were done; null if there are too few. */
function usualSpan(journal: JournalReader, vendor: VendorId, verb: string): UsualSpan | null {
  const revision = journal.revision();
  const before = known.get(journal);
  const spans = before?.revision === revision ? before.spans : new Map<string, UsualSpan | null>();
  if (spans !== before?.spans) known.set(journal, { revision, spans });
  const key = `${vendor} ${verb}`;
  const value = spans.get(key);
  if (value !== undefined) return value;
  const found = span(journal, vendor, verb);
  spans.set(key, found);
  return found;
}

function span(journal: JournalReader, vendor: VendorId, verb: string): UsualSpan | null {
  const durations: number[] = [];
  for (const { id, startedAt } of journal.requests({ open: false, limit: examined })) {
    const record = journal.record(id);
    const alike = record?.entry.state === 'done' && record.entry.verb === verb && record.target?.vendor === vendor;
    if (!alike || record.closedAt === null) continue;
    const ended = Date.parse(record.closedAt);
    if (ended - Date.parse(record.openAt ?? startedAt) > unwatched) continue;
    durations.push(ended - Date.parse(startedAt));
    if (durations.length === recent) break;
  }
  if (durations.length < enough) return null;
  durations.sort((a, b) => a - b);
  const at = (share: number): number => durations[Math.floor(share * (durations.length - 1) + 0.5)] ?? 0;
  return { from: at(0.1), to: at(0.9), median: durations[Math.floor(durations.length / 2)] ?? 0 };
}

/** Null if too little is known, or the request has settled. */
export function againstUsual(request: Request, usual: UsualSpan | null, now: number): Usual | null {
  if (usual === null || request.state === 'done' || request.state === 'failed') return null;
  const elapsed = Math.max(0, now - Date.parse(request.startedAt));
  const isUnusual = elapsed > usual.to * late.factor && elapsed - usual.to > late.least;
  const so = `usually settles in ${spanText(usual)}`;
  const sentence = isUnusual ? `${so}; this one has taken ${durationText(elapsed)}, which is unusual` : so;
  return { span: usual, elapsed, isUnusual, sentence };
}

function spanText({ from, to }: UsualSpan): string {
  const [first, last] = [durationText(from), durationText(to)];
  if (first === last) return `about ${first}`;
  const unit = last.slice(last.indexOf(' '));
  return first.endsWith(unit) ? `${first.slice(0, -unit.length)}–${last}` : `${first} to ${last}`;
}

/** "40 s", "6 min", "3 h", "2 d": the coarsest unit in which the two differ. */
function durationText(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 120 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
