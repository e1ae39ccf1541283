import type { ConsoleState } from './console-state.ts';
import { topScreen } from './console-state.ts';
import type { KeyScope } from './key-scopes.ts';
import type { Screen } from './screen.ts';

/** The active scopes, innermost first. An overlay is modal: only its own scope counts. */
export function activeScopes(state: ConsoleState): readonly KeyScope[] {
  const { overlay, preview } = state;
  if (overlay === null)
    return [...(preview.isFocused ? ['preview' as const] : []), ...scopesOf(topScreen(state)), 'any'];
  if (overlay.kind === 'plan' && overlay.reasonLine !== null) return ['plan-reason'];
  if (overlay.kind !== 'menu') return [overlay.kind];
  switch (overlay.purpose) {
    case 'sort':
    case 'columns':
    case 'values':
    case 'views':
      return [`${overlay.purpose}-menu`, 'menu'];
    default:
      return ['menu'];
  }
}

/** The first tab of a customer is a list with the keys of both. */
function scopesOf(screen: Screen): readonly KeyScope[] {
  return screen.kind === 'subscriptions' && screen.frame !== null ? ['customer', 'subscriptions'] : [screen.kind];
}
