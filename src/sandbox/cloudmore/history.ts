import { lifecycleOf, secondText } from '../lifecycle.ts';
import { personName } from '../names/people.ts';
import { atOfficeHour } from '../office-hours.ts';
import { outsideChange } from '../outside-changes.ts';
import { salt, seededRandom } from '../seeded-random.ts';
import { dayLength } from '../time.ts';
import type { Dataset } from './dataset.ts';
import { offerAt, type Row, seatsAtStart, statusWord } from './row.ts';
import type { HistoryEntry } from './wire.ts';

const who = salt('cloudmore history user');
const earlier = salt('cloudmore history quantity');
const when = salt('cloudmore history day');

/** The audit trail of a subscription, newest first: what was done through the API, then what others did, then what came before. */
export function history(dataset: Dataset, row: Row): readonly HistoryEntry[] {
  const recent = dataset.changesOf(row.index);
  return recent.at(-1)?.action === 'Created' ? recent : [...recent, ...before(dataset, row)];
}

function before(dataset: Dataset, row: Row): HistoryEntry[] {
  const { time } = dataset;
  const chance = seededRandom(dataset.seed);
  const user = (at: number) => personName(chance, chance.below(who + at, row.index, 400));
  const original = dataset.original(row.index);
  const life = lifecycleOf(chance, time, row.index);
  const seats = offerAt(original.offer).metered ? null : seatsAtStart(chance, row.index);
  const quantity = (from: number, to: number) => ({
    ...{ action: 'Updated', property: 'Quantity' },
    ...{ oldValue: String(from), newValue: String(to) },
  });
  const entries: (HistoryEntry & { readonly at: number })[] = [];
  const add = (at: number, entry: Omit<HistoryEntry, 'date'>) => entries.push({ at, date: secondText(at), ...entry });

  if (life.cancelled !== null) {
    const status = { property: 'Status', oldValue: 'Active', newValue: statusWord(original.status) };
    add(life.cancelled, { action: 'Cancelled', user: user(2), ...status });
  }
  if (life.renewed !== null) add(life.renewed, { action: 'Renewed', user: 'System' });
  const change = seats === null ? null : outsideChange(chance, time, row.index, life, seats);
  if (change !== null) add(change.at, { user: user(3), ...quantity(change.from, change.to) });
  const days = Math.floor((Math.min(life.end ?? time.today, time.today) - life.start) / dayLength) - 3;
  if (seats !== null && seats > 4 && days > 0) {
    const at = atOfficeHour(chance, row.index, time.today - (3 + chance.below(when, row.index, days)) * dayLength);
    const old = seats - 1 - chance.below(earlier, row.index, Math.ceil(seats / 4));
    add(Math.max(at, life.start), { user: user(1), ...quantity(old, seats) });
  }
  add(life.start, { action: 'Created', user: user(0) });
  // Those of one instant stay in this order.
  return entries.toSorted((one, other) => other.at - one.at).map(({ at: _, ...entry }) => entry);
}
