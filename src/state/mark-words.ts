import { grouped } from '../model/numbers.ts';
import type { SubscriptionsScreen } from './screen.ts';

/** `2 outside this filter`: marked rows that the list does not show; null: there are none. */
export function outsideText({ marked }: Pick<SubscriptionsScreen, 'marked'>): string | null {
  const outside = marked?.outside.size ?? 0;
  return outside === 0 ? null : `${grouped(outside)} outside this filter`;
}

/** `3 marked, 2 outside this filter`. */
export function markedCount(screen: Pick<SubscriptionsScreen, 'marks' | 'marked'>): string {
  return [`${grouped(screen.marks.size)} marked`, outsideText(screen) ?? []].flat().join(', ');
}
