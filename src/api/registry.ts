import { cloudcockpit } from './cloudcockpit/vendor.ts';
import { cloudmore } from './cloudmore/vendor.ts';
import { interworks } from './interworks/vendor.ts';
import { lineworks } from './lineworks/vendor.ts';
import { type Vendors, vendorsOf } from './vendor-kind.ts';
import { vmware } from './vmware/vendor.ts';

/** Every vendor, in the order in which lists and documents show them. */
export const vendors: Vendors = vendorsOf([cloudmore, interworks, vmware, lineworks, cloudcockpit]);
