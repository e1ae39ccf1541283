import type { Abilities } from '../../../api/contract.ts';
import type { PaletteLine } from '../../../state/overlay.ts';
import type { Command } from '../../command.ts';
import { whyNot } from './actions.ts';

/** The commands that a vendor does not support, each with the vendor's reason. */
export function unableOf(commands: readonly Command[], abilities: Abilities): PaletteLine['unable'] {
  const reasons = commands.flatMap(({ id, words }) => {
    const reason = words?.needs === undefined ? null : whyNot(words.needs, abilities);
    return reason === null ? [] : [[id, reason] as const];
  });
  return Object.fromEntries(reasons);
}
