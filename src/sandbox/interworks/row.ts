import type { Ids } from '../ids.ts';
import { type Lifecycle, lifecycleOf, type Stage } from '../lifecycle.ts';
import { byWeight, catalog } from '../names/catalog.ts';
import { hardNames } from '../names/hard.ts';
import { outsideChange } from '../outside-changes.ts';
import { seatsFor } from '../seats.ts';
import { type SeededRandom, salt } from '../seeded-random.ts';
import type { SandboxTime } from '../time.ts';
import { dateText } from './dates.ts';
import type { Addon } from './wire.ts';

export interface Row {
  readonly index: number;
  readonly account: number;
  /** Place in `products`. */
  readonly product: number;
  readonly name: string | null;
  readonly externalId: string | null;
  /** Undefined: the vendor leaves the field out. */
  readonly quantity: number | null | undefined;
  readonly start: string | null;
  readonly end: string | null;
  readonly status: string | null;
  readonly addons: readonly Addon[];
  /** Whether the answer's `account` is filled; a few rows have lost theirs. */
  readonly orphan: boolean;
}

const throws = {
  offer: salt('interworks offer'),
  plan: salt('interworks plan'),
  quantity: salt('interworks quantity'),
  external: salt('interworks external'),
  name: salt('interworks name'),
};

const words: Readonly<Record<Stage, string>> = {
  active: 'Active',
  trial: 'Active',
  pending: 'Pending',
  suspended: 'Suspended',
  cancelled: 'Cancelled',
  expired: 'Expired',
};
const endings = ['', '', '', ' (main)', ' · Zentrale', ' #2', ' – 大阪'] as const;

/** Row `index` before anybody changed it through the API: a function of the calendar alone. */
export function firstRow(
  chance: SeededRandom,
  calendar: Pick<SandboxTime, 'today' | 'now'>,
  addonIds: Ids<string>,
  index: number,
  account: number,
): Row {
  const life = lifecycleOf(chance, calendar, index);
  const offer = byWeight[chance.below(throws.offer, index, byWeight.length)] ?? 0;
  const plan = planOf(chance, index, offer, life);
  const seats = seatsFor(chance.fraction(throws.quantity, index));
  const quantity = outsideChange(chance, calendar, index, life, seats)?.to ?? seats;
  const row: Row = {
    index,
    account,
    product: firstProduct(offer) + plan,
    name: `${catalog[offer]?.plans[plan]?.name ?? 'Service'}${chance.pick(throws.name, index, endings)}`,
    externalId:
      chance.below(throws.external, index, 4) === 0 ? null : `EXT-${chance.below(throws.external, index, 900_000_000)}`,
    quantity: catalog[offer]?.metered ? 1 : quantity,
    start: dateText(life.start),
    end: life.end === null ? null : dateText(life.end),
    status: words[life.stage],
    addons: addonsOf(addonIds, index, offer, quantity, life.end),
    orphan: false,
  };
  return { ...row, ...brokenFields(index) };
}

function planOf(chance: SeededRandom, index: number, offer: number, { isTrial }: Lifecycle): number {
  const plans = catalog[offer]?.plans ?? [];
  const trial = plans.findIndex(({ name }) => name.endsWith('Trial'));
  if (trial >= 0 && isTrial) return trial;
  return chance.below(throws.plan, index, trial < 0 ? plans.length : trial);
}

function firstProduct(offer: number): number {
  return catalog.slice(0, offer).reduce((sum, { plans }) => sum + plans.length, 0);
}

function addonsOf(ids: Ids<string>, index: number, offer: number, quantity: number, end: number | null): Addon[] {
  if (index % 5 !== 2) return [];
  return (catalog[offer]?.addons ?? []).map(({ name }, at) => ({
    id: ids.of(index * 4 + at),
    name,
    quantity,
    status: 'Active',
    endDate: end === null ? null : dateText(end),
    cancelAtPeriodEnd: index % 35 === 2,
  }));
}

/** The few rows that no document promised. */
function brokenFields(index: number): Partial<Row> {
  if (index % 167 === 23) return { name: hardNames[Math.floor(index / 167) % hardNames.length] ?? null };
  if (index % 193 !== 9) return {};
  const cases: readonly Partial<Row>[] = [
    { name: null },
    { status: 'AwaitingVendor' },
    { quantity: undefined },
    { orphan: true },
    { start: null, end: '' },
    { status: null },
  ];
  return cases[Math.floor(index / 193) % cases.length] ?? {};
}
