import { likenessOf } from '../../model/account.ts';
import { canonicalId } from '../../model/id-spelling.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { PlanPart } from '../journal.ts';

/** What the store's guards compare of an entry: the id in its canonical spelling, and what tells its subscription from others whatever the account is called. */
export function subjectOf(target: string, row: Subscription | null): readonly [string, string | null] {
  return [JSON.stringify(canonicalId(target)), row === null ? null : likenessOf(row)];
}

/** A row of a plan, as the store's guard against a second try compares it; null: the write is not part of a plan. */
export function partName(part: PlanPart | undefined): string | null {
  return part === undefined ? null : JSON.stringify([part.plan, part.row]);
}
