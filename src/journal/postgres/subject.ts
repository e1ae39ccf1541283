import { likenessOf } from '../../model/account.ts';
import { canonicalId } from '../../model/id-spelling.ts';
import type { Subscription } from '../../model/subscription.ts';

/** What the store's guards compare of an entry: the id in its canonical spelling, and what tells its subscription from others whatever the account is called. */
export function subjectOf(target: string, row: Subscription | null): readonly [string, string | null] {
  return [JSON.stringify(canonicalId(target)), row === null ? null : likenessOf(row)];
}
