import type { AccountKey } from './account.ts';

/** A subscription, through whatever connection. */
export interface PlannedSubject {
  readonly account: AccountKey;
  readonly id: string;
}

/** Plans that members of a team have on screen just now: what one is about to change, the others see. It holds nobody back. */
export interface OpenPlans {
  /** Whose plan a subscription is in, by `planKey`; only other members' plans. */
  others(): ReadonlyMap<string, string>;
  /** Changes with what `others` tells. */
  revision(): number;
  /** What is in the plan on this screen; empty: there is none. */
  show(subjects: readonly PlannedSubject[]): void;
}

/** Where there is no team. */
export const noOpenPlans: OpenPlans = { others: () => new Map(), revision: () => 0, show: () => undefined };

export function planKey({ account, id }: PlannedSubject): string {
  return JSON.stringify([account, id]);
}
