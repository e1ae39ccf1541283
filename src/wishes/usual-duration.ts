import type { Journal } from '../journal/journal.ts';
import type { Verb } from '../model/journal-entry.ts';
import type { VendorId } from '../model/vendor.ts';

const enough = 3;
const recent = 20;

/** The median, in milliseconds, of the last such requests that were done; null while there are too few to say. */
export function usualDuration(journal: Journal, vendor: VendorId, verb: Verb): number | null {
  const durations = journal
    .recordsIn(['done'])
    .flatMap(({ entry, target, request, closedAt }) => {
      const alike = entry.verb === verb && target?.vendor === vendor;
      return alike && request !== null && closedAt !== null
        ? [Date.parse(closedAt) - Date.parse(request.startedAt)]
        : [];
    })
    .slice(-recent)
    .sort((a, b) => a - b);
  return durations.length < enough ? null : (durations[Math.floor(durations.length / 2)] ?? null);
}
