import { hasEffect, withEffect } from '../effects.ts';
import type { SandboxTime } from '../time.ts';
import { assumptions, dropsChanges } from './assumptions.ts';
import type { Dataset } from './dataset.ts';
import type { StoredRow } from './stored-row.ts';

/** Accepted changes that show later. There is no timer: every read settles first. */
export interface Changes {
  /** Applies everything that is due. */
  settle(): void;
  /** Accepts a change of one subscription. */
  accept(held: StoredRow, changes: Partial<StoredRow>): void;
  /** Runs a function after this many milliseconds of work time. */
  after(delay: number, act: () => void): void;
}

export function changes(dataset: Dataset, time: SandboxTime): Changes {
  let waiting: { readonly due: number; readonly act: () => void }[] = [];
  const after = (delay: number, act: () => void) => {
    if (hasEffect()) waiting.push({ due: time.work() + delay, act });
  };
  return {
    settle: () => {
      const now = time.work();
      const due = waiting.filter((change) => change.due <= now).sort((a, b) => a.due - b.due);
      waiting = waiting.filter((change) => change.due > now);
      for (const { act } of due) withEffect(act);
    },
    accept: (held, changed) => {
      if (dropsChanges(held.index)) return;
      after(assumptions.changeDelay, () => {
        dataset.rows.patch(held.index, changed);
      });
    },
    after,
  };
}
