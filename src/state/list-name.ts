import { frameOf } from './customer-screen.ts';
import { addressOf } from './history.ts';
import type { Screen } from './screen.ts';

/** Identifies the list on a screen with its filter and order, whatever its cursor: what its columns need. */
export function listName(screen: Screen): string {
  const tab = 'tab' in screen ? screen.tab : '';
  const filter = 'filterText' in screen ? screen.filterText : '';
  const sort = 'sort' in screen ? screen.sort : [];
  return JSON.stringify([addressOf(screen), tab, frameOf(screen)?.customer?.name ?? '', filter, sort]);
}
