import type { AccountKey } from '../model/account.ts';
import { planKey } from '../model/open-plans.ts';
import type { Subscription } from '../model/subscription.ts';
import { type Colleagues, type ColleagueWork, colleaguesOf } from '../today/colleagues.ts';
import { accountsIn } from '../today/today.ts';
import type { Sources } from './sources.ts';

/** What other members of the team do just now, as of what was known at this stamp. */
export interface ColleaguesNow {
  readonly stamp: string;
  readonly all: Colleagues;
}

export const noColleagues: ColleaguesNow = { stamp: '', all: new Map() };

export function colleaguesIn({ journal, openPlans, clock }: Pick<Sources, 'journal' | 'openPlans' | 'clock'>) {
  return colleaguesOf({ journal, plans: openPlans.others() }, { now: clock.now() });
}

/** The same object where nothing changed. */
export function colleaguesNow(before: ColleaguesNow, from: Sources): ColleaguesNow {
  const stamp = `${from.journal.revision()} ${from.openPlans.revision()}`;
  return stamp === before.stamp ? before : { stamp, all: colleaguesIn(from) };
}

interface ColleaguesState {
  readonly connections: readonly { readonly name: string; readonly account: AccountKey }[];
  readonly colleagues: ColleaguesNow;
}

/** Who works on a subscription, through whatever connection of its account; null: nobody else. */
export function colleagueOn(
  { connections, colleagues }: ColleaguesState,
  { connection, id }: Pick<Subscription, 'connection' | 'id'>,
): ColleagueWork | null {
  if (colleagues.all.size === 0) return null;
  const account = accountsIn(connections)(connection);
  return account === null ? null : (colleagues.all.get(planKey({ account, id })) ?? null);
}
