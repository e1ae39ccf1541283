import type { Vendor } from '../../api/contract.ts';
import type { WriteRequest } from '../contract.ts';
import { prepareAddonCancel } from './addon-cancel.ts';
import { prepareCancel } from './cancel.ts';
import type { Preparation } from './drafted.ts';
import { prepareRenewalSet } from './renewal.ts';
import { prepareReservationCreate, prepareReservationWithdraw } from './reservation.ts';
import { prepareSetLicense } from './set-license.ts';
import { prepareSetQuantity } from './set-quantity.ts';
import { prepareReactivate, prepareSuspend } from './suspend.ts';
import { prepareUpdate } from './update.ts';

/** A write request that names a subscription. `create` names none and has its own way (`create.ts`). */
export type TargetedRequest = Exclude<WriteRequest, { readonly verb: 'create' }>;

export function prepare(vendor: Vendor, writeRequest: TargetedRequest): Preparation {
  switch (writeRequest.verb) {
    case 'cancel':
      return prepareCancel(vendor, writeRequest);
    case 'set-quantity':
      return prepareSetQuantity(vendor, writeRequest);
    case 'set-license':
      return prepareSetLicense(vendor, writeRequest);
    case 'update':
      return prepareUpdate(vendor, writeRequest);
    case 'suspend':
      return prepareSuspend(vendor, writeRequest);
    case 'reactivate':
      return prepareReactivate(vendor, writeRequest);
    case 'renewal-set':
      return prepareRenewalSet(vendor, writeRequest);
    case 'reservation-create':
      return prepareReservationCreate(vendor, writeRequest);
    case 'reservation-withdraw':
      return prepareReservationWithdraw(vendor, writeRequest);
    case 'addon-cancel':
      return prepareAddonCancel(vendor, writeRequest);
  }
}
