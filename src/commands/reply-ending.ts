import type { ExitKind, Fault } from '../model/fault.ts';

/** How a reply ends. With something usable in it, faults make it partial; without, the first of them is what happened. */
export function ending(
  faults: readonly Fault[],
  usable: boolean,
): { readonly exit: ExitKind; readonly faults: readonly Fault[] } {
  const [first] = faults;
  if (!first) return { exit: 'ok', faults };
  return { exit: usable ? 'partial' : first.kind, faults };
}

export const wellEnded = { exit: 'ok', faults: [] } as const;
