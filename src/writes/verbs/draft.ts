import type { Vendor } from '../../api/contract.ts';
import type { Wish } from '../contract.ts';
import { askAddonCancel } from './addon-cancel.ts';
import { askCancel } from './cancel.ts';
import type { Asked } from './drafted.ts';
import { askRenewalSet } from './renewal.ts';
import { askReservationCreate, askReservationWithdraw } from './reservation.ts';
import { askSetLicense } from './set-license.ts';
import { askSetQuantity } from './set-quantity.ts';
import { askReactivate, askSuspend } from './suspend.ts';
import { askUpdate } from './update.ts';

/** A wish that names a subscription. `create` names none and has its own way (`create.ts`). */
export type TargetedWish = Exclude<Wish, { readonly verb: 'create' }>;

export function ask(vendor: Vendor, wish: TargetedWish): Asked {
  switch (wish.verb) {
    case 'cancel':
      return askCancel(vendor, wish);
    case 'set-quantity':
      return askSetQuantity(vendor, wish);
    case 'set-license':
      return askSetLicense(vendor, wish);
    case 'update':
      return askUpdate(vendor, wish);
    case 'suspend':
      return askSuspend(vendor, wish);
    case 'reactivate':
      return askReactivate(vendor, wish);
    case 'renewal-set':
      return askRenewalSet(vendor, wish);
    case 'reservation-create':
      return askReservationCreate(vendor, wish);
    case 'reservation-withdraw':
      return askReservationWithdraw(vendor, wish);
    case 'addon-cancel':
      return askAddonCancel(vendor, wish);
  }
}
