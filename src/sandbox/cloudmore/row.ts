import { dayText, lifecycleOf, type Stage, secondText } from '../lifecycle.ts';
import { byWeight, catalog, type Offer, type Plan } from '../names/catalog.ts';
import { hardNames } from '../names/hard.ts';
import { outsideChange } from '../outside-changes.ts';
import { seatsFor } from '../seats.ts';
import { type SeededRandom, salt } from '../seeded-random.ts';
import type { SandboxTime } from '../time.ts';
import { statusIds } from './assumptions.ts';
import { isInYen } from './prices.ts';
import type { Status } from './wire.ts';

/** A subscription as the dataset keeps it; every level's model is a view of this. */
export interface Row {
  readonly index: number;
  readonly organization: number;
  /** Place in the catalogue, and the plan's place in the offer. */
  readonly offer: number;
  readonly plan: number;
  readonly name: string | null;
  /** Undefined: the vendor leaves the field out. */
  readonly status: Status | null | undefined;
  readonly quantity: number | null;
  readonly licenseKey: string | null;
  readonly currency: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly cancelled: string | null;
  readonly trial: boolean;
  readonly addons: number;
}

const throws = {
  offer: salt('cloudmore offer'),
  plan: salt('cloudmore plan'),
  quantity: salt('cloudmore quantity'),
  name: salt('cloudmore name'),
  currency: salt('cloudmore currency'),
  key: salt('cloudmore key'),
  addons: salt('cloudmore addons'),
  status: salt('cloudmore status'),
};

const currencies = ['EUR', 'EUR', 'EUR', 'NOK', 'SEK', 'DKK', 'GBP', 'PLN', 'CHF'] as const;
const departments = ['', '', '', '', ' – Oslo', ' (2)', ' / Verkauf', ' – 東京支店', ' HQ', ' old contract'] as const;
const words: Readonly<Record<Stage, keyof typeof statusIds>> = {
  active: 'Active',
  trial: 'Active',
  pending: 'Pending',
  suspended: 'Suspended',
  cancelled: 'Cancelled',
  expired: 'Expired',
};

type Calendar = Pick<SandboxTime, 'today' | 'now'>;

/** Row `index` before anybody changed it through the API: a function of the calendar alone. */
export function firstRow(chance: SeededRandom, calendar: Calendar, index: number, organization: number): Row {
  const life = lifecycleOf(chance, calendar, index);
  const seats = seatsAtStart(chance, index);
  const offer = firstOffer(chance, index);
  const { plans, metered, licenseKeys, addons } = offerAt(offer);
  const plan =
    trialPlan(plans, life.isTrial) ??
    chance.below(throws.plan, index, plans.filter(({ name }) => !isTrial(name)).length);
  const row: Row = {
    index,
    organization,
    offer,
    plan,
    name: `${planAt(offer, plan).name}${chance.pick(throws.name, index, departments)}`,
    status: statusOf(words[life.stage], chance.below(throws.status, index, 8) === 0),
    quantity: metered ? null : (outsideChange(chance, calendar, index, life, seats)?.to ?? seats),
    licenseKey: licenseKeys && chance.below(throws.key, index, 3) > 0 ? keyOf(chance, index) : null,
    currency: currencyOf(chance, offer, organization),
    start: dayText(life.start),
    end: life.end === null ? null : secondText(life.end),
    cancelled: life.cancelled === null ? null : secondText(life.cancelled),
    trial: life.isTrial,
    addons: addons.length > 0 && chance.below(throws.addons, index, 6) === 0 ? 1 + (index % addons.length) : 0,
  };
  return { ...row, ...brokenFields(index) };
}

/** What row `index` is a subscription of; nothing ever changes that. */
export function firstOffer(chance: SeededRandom, index: number): number {
  return byWeight[chance.below(throws.offer, index, byWeight.length)] ?? 0;
}

/** The few rows that no document promised: about one in a hundred and forty. */
function brokenFields(index: number): Partial<Row> {
  if (index % 53 === 11 && index % 3 === 2)
    return { name: hardNames[Math.floor(index / 159) % hardNames.length] ?? null };
  if (index % 211 !== 7) return {};
  const cases: readonly Partial<Row>[] = [
    { name: null },
    { status: 'Parked' },
    { status: undefined },
    { start: null, end: null },
    { currency: null },
    { status: null },
    { end: '0001-01-01T00:00:00' },
    { status: { id: 99, name: 'Väntar på godkännande' } },
    { name: '' },
  ];
  return cases[Math.floor(index / 211) % cases.length] ?? {};
}

export function statusOf(word: keyof typeof statusIds, asObject: boolean): Status {
  return asObject ? { id: statusIds[word], name: word } : word;
}

export function statusWord(status: Row['status']): string | null {
  return typeof status === 'object' ? (status?.name ?? null) : (status ?? null);
}

export function offerAt(offer: number): Offer {
  const found = catalog[offer];
  if (found === undefined) throw new RangeError(`The catalogue has no offer ${offer}.`);
  return found;
}

export function planAt(offer: number, plan: number): Plan {
  const { plans } = offerAt(offer);
  return plans[plan] ?? plans[0];
}

/** The one Japanese offer is paid in yen; for all others an organization pays in its own currency. */
export function currencyOf(chance: SeededRandom, offer: number, organization: number): string {
  return isInYen(planAt(offer, 0)) ? 'JPY' : chance.pick(throws.currency, organization, currencies);
}

/** Trial plans stand last in their offer, so that the others can be thrown for by place. */
function isTrial(plan: string): boolean {
  return plan.endsWith('Trial');
}

function trialPlan(plans: readonly Plan[], isWanted: boolean): number | null {
  const at = plans.findIndex(({ name }) => isTrial(name));
  return isWanted && at >= 0 ? at : null;
}

/** The seats before others changed them; four rows in a thousand have none. */
export function seatsAtStart(chance: SeededRandom, index: number): number {
  return index % 251 === 19 ? 0 : seatsFor(chance.fraction(throws.quantity, index));
}

function keyOf(chance: SeededRandom, index: number): string {
  const part = (at: number) =>
    chance
      .below(throws.key + at, index, 36 ** 5)
      .toString(36)
      .toUpperCase()
      .padStart(5, '0');
  return [part(1), part(2), part(3), part(4)].join('-');
}
