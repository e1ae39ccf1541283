import type { No } from '../api/contract.ts';
import { type Fault, fault } from '../model/fault.ts';

/** The two switches that forbid writes. Read at every use: a person turns them while the console runs. */
export interface WriteMode {
  readonly offline: boolean;
  readonly readOnly: boolean;
}

export function deniedByMode(mode: WriteMode): Fault | null {
  if (mode.offline) {
    return fault('denied', 'Subdeck is offline, so nothing is sent.', 'Go online, then try again.').fault;
  }
  if (mode.readOnly) {
    const next = 'Leave out --read-only, unset SUBDECK_READ_ONLY, or change readOnly in the settings.';
    return fault('denied', 'Subdeck is read-only, so nothing is sent.', next).fault;
  }
  return null;
}

/** Of a vendor that no plan can be made for. */
export const changesNothing: No = { no: 'This vendor changes nothing.', because: 'vendor' };

/** A reason instead of an ability, as a fault. `instead`: what does the same in the vendor's own way. */
export function deniedByVendor(no: No, connection: string, instead?: string): Fault {
  const ways = {
    vendor: 'subdeck vendors shows what each vendor can do.',
    connection: 'Use a connection whose level, edition or role may do it.',
    'not-yet': "Do it in the vendor's own portal.",
  } as const;
  return fault('denied', no.no, instead ?? ways[no.because], { connection }).fault;
}
