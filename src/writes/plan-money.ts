import type { Charging, Ending, Vendor } from '../api/contract.ts';
import { periodOf } from '../model/billing-period.ts';
import { basisOf, type PriceBasis } from '../model/cost.ts';
import { mainPrice } from '../model/main-price.ts';
import { difference, times } from '../model/money.ts';
import type { PlanMoney } from '../model/plan-money.ts';
import type { Price, Subscription } from '../model/subscription.ts';

/** What a write does to what is charged: it ends something, or it changes the seats. */
export type CostEffect =
  | { readonly kind: 'ends'; readonly ending: Ending }
  | { readonly kind: 'seats'; readonly seats: number };

/** Null: nothing that is charged changes. */
export function costEffect(ending: Ending | null, newQuantity: number | null): CostEffect | null {
  if (ending !== null) return { kind: 'ends', ending };
  return newQuantity === null ? null : { kind: 'seats', seats: newQuantity };
}

/** What is charged for a subscription now; of a new one, the price of its product and no seats. */
export type Charge = Pick<Subscription, 'prices' | 'billing' | 'quantity'>;

/** What a plan changes in money, from the vendor's own digits; null where nothing that is charged changes. */
export function planMoney(
  { charging }: Pick<Vendor, 'charging'>,
  charge: Charge,
  target: Subscription | null,
  effect: CostEffect | null,
  now: number,
): PlanMoney | null {
  if (effect === null) return null;
  const charged = effect.kind === 'ends' && target !== null ? charging.charged(target, effect.ending, now) : null;
  const isAddon = effect.kind === 'ends' && effect.ending === 'addon';
  return { ...(isAddon ? unpriced(null) : counted(charging, charge, effect)), charged };
}

type Counted = Omit<PlanMoney, 'charged'>;

function counted(charging: Charging, charge: Charge, effect: CostEffect): Counted {
  const { vendor } = charging;
  if (charging.basis === null) return unpriced(`${vendor} gives no price.`);
  const price = mainPrice(charge);
  if (price === null || times(price.amount, 1) === null) return unpriced(`${vendor} gives no price for it.`);
  const basis = basisOf(price, charging.basis);
  const from = costOfAll(price, basis, charge.quantity);
  const to = effect.kind === 'ends' ? (from === null ? null : times(from, 0)) : costAfter(price, basis, effect.seats);
  const change = from === null || to === null ? null : difference(to, from);
  return { price, basis, period: periodOf(charge.billing), from, to, change, noPrice: null };
}

/** Null where nobody can tell. */
function costOfAll({ amount }: Price, basis: PriceBasis, quantity: number | null): string | null {
  if (basis === 'total') return times(amount, 1);
  return basis === 'unit' && quantity !== null ? times(amount, quantity) : null;
}

/** A price in total says nothing of another quantity. */
function costAfter({ amount }: Price, basis: PriceBasis, seats: number): string | null {
  return basis === 'unit' ? times(amount, seats) : null;
}

function unpriced(noPrice: string | null): Counted {
  return { price: null, basis: null, period: null, from: null, to: null, change: null, noPrice };
}
