import type { Journal } from '../journal/journal.ts';
import type { Verb } from '../model/journal-entry.ts';
import type { VendorId } from '../model/vendor.ts';

const enough = 3;
const recent = 20;
/** The newest requests that are looked through for them. */
const examined = 500;

/**
 * The median, in milliseconds, of the last such requests that were done; null while there are too few to say. Screens ask at
 * every draw, so the answer is kept until the journal changes.
 */
export function usualDurations(journal: Journal): (vendor: VendorId, verb: Verb) => number | null {
  let known = new Map<string, number | null>();
  let revision = -1;
  return (vendor, verb) => {
    if (journal.revision() !== revision) known = new Map();
    revision = journal.revision();
    const key = `${vendor} ${verb}`;
    const value = known.has(key) ? (known.get(key) ?? null) : median(journal, vendor, verb);
    known.set(key, value);
    return value;
  };
}

function median(journal: Journal, vendor: VendorId, verb: Verb): number | null {
  const durations: number[] = [];
  for (const { id, startedAt } of journal.requests({ open: false, limit: examined })) {
    const record = journal.record(id);
    const alike = record?.entry.state === 'done' && record.entry.verb === verb && record.target?.vendor === vendor;
    if (alike && record.closedAt !== null) durations.push(Date.parse(record.closedAt) - Date.parse(startedAt));
    if (durations.length === recent) break;
  }
  durations.sort((a, b) => a - b);
  return durations.length < enough ? null : (durations[Math.floor(durations.length / 2)] ?? null);
}
