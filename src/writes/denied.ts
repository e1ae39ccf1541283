import { type Fault, fault } from '../model/fault.ts';
import type { ReadOnly, ReadOnlyReason } from '../model/read-only.ts';

/** The two switches that forbid writes. Read at every use: a user can toggle them while the console runs. */
export interface WriteMode {
  readonly offline: boolean;
  readonly readOnly: ReadOnly;
}

/** Why this installation may record nothing, either: it may only read its team's store. Known once that was asked. */
export function deniedByRole({ readOnly }: Pick<WriteMode, 'readOnly'>): Fault | null {
  return typeof readOnly === 'boolean' ? null : fault('denied', readOnly.message, readOnly.next).fault;
}

export function deniedByMode(mode: WriteMode): Fault | null {
  if (mode.offline) {
    return fault('denied', 'Subdeck is offline, so nothing is sent.', 'Go online, then try again.').fault;
  }
  if (mode.readOnly !== false) {
    const { message, next } = mode.readOnly === true ? switchedOn : mode.readOnly;
    return fault('denied', message, next).fault;
  }
  return null;
}

const switchedOn: ReadOnlyReason = {
  message: 'Subdeck is read-only, so nothing is sent.',
  next: 'Remove --read-only, unset SUBDECK_READ_ONLY, or change readOnly in the settings.',
};
