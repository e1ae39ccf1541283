import type { ExitKind, Fault } from '../model/fault.ts';

/** The exit of a reply. With usable rows, faults make it partial; without, the first fault decides. */
export function ending(
  faults: readonly Fault[],
  usable: boolean,
): { readonly exit: ExitKind; readonly faults: readonly Fault[] } {
  const [first] = faults;
  if (!first) return { exit: 'ok', faults };
  return { exit: usable ? 'partial' : first.kind, faults };
}

export const wellEnded = { exit: 'ok', faults: [] } as const;
