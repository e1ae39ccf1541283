import { planMoneyTotals, planTotalsTexts } from '../model/plan-money.ts';
import type { RowOutcome } from '../writes/bulk/bulk-run.ts';
import { countText, progressText } from '../writes/bulk/count.ts';
import { moneyIn, rowMoneyText } from '../writes/bulk/plan-file.ts';
import { largeRowChange } from '../writes/large-change.ts';
import type { ConsoleState } from './console-state.ts';
import { type BulkLine, type BulkScreen, keptPlan } from './today-screens.ts';

export { type RowOutcome, rowMoneyText };

/** How many of each verb: "cancel 12, set-quantity 3". */
export function bulkCount(screen: Pick<BulkScreen, 'plan' | 'dropped'>): string {
  return countText(keptPlan(screen).rows);
}

/** What the rows change in money together: `Total: −336.00 EUR a month (list, 12 rows) · 2 rows: no price`. */
export function bulkMoney(screen: Pick<BulkScreen, 'plan' | 'dropped'>): string | null {
  const { rows } = keptPlan(screen);
  const known = moneyOfRows.get(rows);
  if (known !== undefined) return known;
  const texts = planTotalsTexts(planMoneyTotals(rows.map(moneyIn)));
  const text = texts.length === 0 ? null : `Total: ${texts.join(' · ')}`;
  moneyOfRows.set(rows, text);
  return text;
}

/** Every frame asks for it. */
const moneyOfRows = new WeakMap<BulkScreen['plan']['rows'], string | null>();

/** "12 of 400 · 3 skipped · 1 failed · about 4 min left"; null before the first run. */
export function bulkProgress(screen: BulkScreen, now: number): string | null {
  const { ends, since } = screen;
  if (since === null) return null;
  const count = (...outcomes: readonly RowOutcome[]) => ends.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return progressText({
    done: ends.length - count('not-reached'),
    count: keptPlan(screen).rows.length,
    skipped: count('holds', 'changed'),
    failed: count('refused', 'unknown', 'failed'),
    elapsed: Math.max(0, now - since),
  });
}

/** Whether the setting `guard` wants the row's new number typed. */
export function isLargeRow({ row }: BulkLine, { guard }: Pick<ConsoleState, 'guard'>): boolean {
  return largeRowChange(row, guard) !== null;
}
