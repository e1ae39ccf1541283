import { personName } from '../names/people.ts';
import { salt, seededRandom } from '../seeded-random.ts';
import type { Dataset } from './dataset.ts';
import { type Row, statusWord } from './row.ts';
import type { HistoryEntry } from './wire.ts';

const who = salt('cloudmore history user');
const earlier = salt('cloudmore history quantity');

/** The audit trail of a subscription, newest first: what was done since the sandbox started, then what came before. */
export function history(dataset: Dataset, row: Row): readonly HistoryEntry[] {
  const recent = dataset.changesOf(row.index);
  return recent.at(-1)?.action === 'Created' ? recent : [...recent, ...before(dataset, row)];
}

function before(dataset: Dataset, row: Row): HistoryEntry[] {
  const chance = seededRandom(dataset.seed);
  const user = (at: number) => personName(chance, chance.below(who + at, row.index, 400));
  const started = `${row.start ?? '2020-01-01'}T08:00:00Z`;
  const created: HistoryEntry = { date: started, action: 'Created', user: user(0) };
  const original = dataset.original(row.index);
  const entries: HistoryEntry[] = [created];
  if (original.quantity !== null && original.quantity > 4) {
    const old = original.quantity - 1 - chance.below(earlier, row.index, 3);
    entries.unshift({
      date: `${row.start ?? '2020-01-01'}T14:30:00Z`,
      action: 'Updated',
      user: user(1),
      property: 'Quantity',
      oldValue: String(old),
      newValue: String(original.quantity),
    });
  }
  if (original.cancelled !== null) {
    entries.unshift({
      date: original.cancelled,
      action: 'Cancelled',
      user: user(2),
      property: 'Status',
      oldValue: 'Active',
      newValue: statusWord(original.status),
    });
  }
  return entries;
}
