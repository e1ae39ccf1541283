import { frameOf } from './customer-screen.ts';
import { addressOf } from './history.ts';
import type { Screen } from './screen.ts';

/** Identifies the list on a screen, whatever its filter, order and cursor. */
export function listName(screen: Screen): string {
  const tab = 'tab' in screen ? screen.tab : '';
  return `${addressOf(screen)} ${tab} ${frameOf(screen)?.customer?.name ?? ''}`;
}
